using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Writing;
using Confgen.Compiler.Masking;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Building;

/// <summary>Plans, shows and carries out what a build changes on disk, target by target.</summary>
internal sealed class OutputPlans(BuildRequest request, CliEnvironment surroundings)
{
    /// <summary>A plan for each target; where a file can't be written, says so and gives null.</summary>
    public IReadOnlyList<(OutputPlan Plan, IReadOnlyList<OutputFile> Files)>? Make(SpecInput input, IReadOnlyList<RenderResult> results)
    {
        var plans = new List<(OutputPlan, IReadOnlyList<OutputFile>)>();
        foreach (RenderResult result in results)
        {
            var root = new OutputRoot(
                Path.Combine(surroundings.FullPath(request.Output), result.Target.Name),
                Path.Combine(request.Output, result.Target.Name)
            );
            OutputFile[] files =
            [
                .. result.Files.Select(f => new OutputFile(root, f.Path, Encoding.UTF8.GetBytes(f.Text), f.HoldsSecrets)),
            ];
            string? fault = FaultOf(root, files);
            OutputPlan? plan = fault is null ? OutputPlan.Make(root, files, NameOf(input, root), out fault) : null;
            if (plan is null)
            {
                surroundings.Complain(CallRules.CannotWrite, fault ?? "", "nothing was written; remove it, or name another folder with -o");
                return null;
            }

            plans.Add((plan, files));
        }

        return plans;
    }

    /// <summary>
    /// Whether nothing is replaced that confgen did not write, or that was edited since, unless the call says so; complains of it else.
    /// </summary>
    public bool MayReplace(IEnumerable<OutputPlan> plans)
    {
        if (request.Force || plans.SelectMany(p => p.Foreign).ToArray() is not { Length: > 0 } foreign)
        {
            return true;
        }

        (OutputFile file, bool edited) = foreign[0];
        string others = foreign.Length > 1 ? $" (and {foreign.Length - 1} more)" : "";
        surroundings.Complain(
            CallRules.CannotWrite,
            edited ? $"'{file.Shown}' was edited after confgen wrote it{others}" : $"'{file.Shown}' was not written by confgen{others}",
            "nothing was written; --diff shows what would change, --force replaces it and keeps a copy as *.bak"
        );
        return false;
    }

    /// <summary>Prints the differences between what is on disk and a plan, secrets masked.</summary>
    public void Show(OutputPlan plan, SecretMask secrets)
    {
        var paint = new Paint(surroundings.OutTerminal.HasColours);
        foreach ((OutputFile file, OutputState state) in plan.Changed)
        {
            string? old = state == OutputState.Missing ? null : Encoding.UTF8.GetString(OutputFolder.Read(file));
            (string? before, string after) = MaskedTexts.Of(secrets, old, Encoding.UTF8.GetString(file.Content));
            UnifiedDiff.Write(surroundings.Out, paint, file.Shown, before, after);
            if (before == after)
            {
                surroundings.Say(
                    $"{file.Shown}: "
                        + $"{(old == Encoding.UTF8.GetString(file.Content) ? "others may read its secrets" : "only secrets differ")}"
                );
            }
        }

        foreach (OutputFile file in plan.Obsolete)
        {
            // The spec no longer has the secrets of such a file, so that nothing could mask them.
            if (OutputFolder.IsForOwnerAlone(file))
            {
                surroundings.Say($"{file.Shown}: would be removed; it may hold secrets, so it is not shown");
                continue;
            }

            UnifiedDiff.Write(
                surroundings.Out,
                paint,
                file.Shown,
                MaskedTexts.Of(secrets, Encoding.UTF8.GetString(OutputFolder.Read(file)), "").Item1,
                null
            );
        }
    }

    /// <summary>Writes and deletes files as a plan says, and says so.</summary>
    /// <returns>The copies that were made of what confgen had not written.</returns>
    public IReadOnlyList<OutputCopy> Write(OutputPlan plan)
    {
        bool[] closed = [.. plan.Changed.Select(c => OutputFolder.IsClosed(c.File))];
        IReadOnlyList<OutputCopy> copies = plan.CarryOut(new OutputTransaction(surroundings.Clock));
        foreach (OutputCopy copy in copies)
        {
            surroundings.Say($"kept {copy.Original.Shown} as {copy.Shown}");
        }

        for (int i = 0; i < closed.Length; i++)
        {
            surroundings.Say($"wrote {plan.Changed[i].File.Shown}{(closed[i] ? ", with secrets: its owner alone may read it" : "")}");
        }

        foreach (OutputFile file in plan.Obsolete)
        {
            surroundings.Say($"removed {file.Shown}: the spec no longer gives it");
        }

        return copies;
    }

    // Below the folder that the caller named, what stands in the way is a fault, and so is the target's own folder.
    private string? FaultOf(OutputRoot root, IReadOnlyList<OutputFile> files)
    {
        var named = new OutputRoot(surroundings.FullPath(request.Output), request.Output);
        return files
            .Select(f => OutputFolder.Fault(f with { Root = named, Path = Path.GetFileName(root.FullPath) + "/" + f.Path }))
            .FirstOrDefault(f => f is not null);
    }

    // By its name from the output on, so that a checkout elsewhere is the same spec. The sides of tunnels may be built one after the other.
    private string NameOf(SpecInput input, OutputRoot root)
    {
        string name = input.IsStandardInput
            ? input.Name
            : Path.GetRelativePath(root.FullPath, surroundings.FullPath(input.Name)).Replace('\\', '/');
        return request.Side is { } side ? $"{name} --side {side}" : name;
    }
}
