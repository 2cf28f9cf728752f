using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>The lists of users, one for all routes that have the same.</summary>
internal sealed class UserLists(HAProxyTexts texts, HAProxyNames names)
{
    private readonly List<UserListView> _lists = [];

    /// <summary>The lists, in the order in which they were asked for.</summary>
    public IReadOnlyList<UserListView> All => _lists;

    /// <summary>The name of the list with these users.</summary>
    public string Of(BasicAuth basic)
    {
        string[] users =
        [
            .. basic.Users.Select(user =>
                $"{texts.Word(user.Name, user.At.Span)} password {texts.Word(user.Hash, basic.At.Of(BasicAuthFields.Users))}"
            ),
        ];
        UserListView? same = _lists.Find(list => list.Users.SequenceEqual(users));
        if (same is null)
        {
            same = new UserListView(names.Unique("users"), users);
            _lists.Add(same);
        }

        return same.Name;
    }
}
