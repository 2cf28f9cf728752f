using Confgen.Compiler.Rendering;
using Confgen.Model.Guards;

namespace Confgen.Targets.Apache.Building;

/// <summary>Files of users beside the configuration: one for all routes with the same users.</summary>
internal sealed class PasswordFiles
{
    private readonly List<RenderedFile> _files = [];

    /// <summary>The files.</summary>
    public IReadOnlyList<RenderedFile> All => _files;

    /// <summary>The name of the file with these users, from where httpd's own files are.</summary>
    public string Of(BasicAuth basic)
    {
        string content = string.Concat(basic.Users.Select(static user => $"{user.Name}:{user.Hash}\n"));
        RenderedFile? same = _files.Find(file => file.Text == content);
        if (same is null)
        {
            same = new RenderedFile(string.Create(null, $"htpasswd/users-{_files.Count + 1}"), content, HoldsSecrets: true);
            _files.Add(same);
        }

        return same.Path;
    }
}
