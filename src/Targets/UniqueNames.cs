namespace Confgen.Targets;

/// <summary>Names that are each used once.</summary>
/// <param name="comparer">What a program takes for the same name.</param>
/// <param name="joint">What stands between a name and the number of a further one.</param>
internal sealed class UniqueNames(StringComparer comparer, char joint = '-')
{
    private readonly HashSet<string> _taken = new(comparer);

    /// <summary>The wish, or the first name made of it that nothing has yet.</summary>
    public string Of(string wish)
    {
        string name = wish;
        for (int i = 2; !_taken.Add(name); i++)
        {
            name = string.Create(null, $"{wish}{joint}{i}");
        }

        return name;
    }
}
