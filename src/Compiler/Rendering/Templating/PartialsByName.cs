using HandlebarsDotNet;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>Finds a partial by its name among the templates.</summary>
internal sealed class PartialsByName(Func<string, string?> source) : IPartialTemplateResolver
{
    public bool TryRegisterPartial(IHandlebars env, string? partialName, string? templatePath)
    {
        if (partialName is null || source(partialName + ".hbs") is not { } text)
        {
            return false;
        }

        env.RegisterTemplate(partialName, text);
        return true;
    }
}
