using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary>A program that judges what is rendered for it. Found by reflection: a target gets one by a class here.</summary>
internal interface IRealProgram
{
    /// <summary>The target whose output it reads.</summary>
    string Target { get; }

    /// <summary>Whether it is installed; where CI runs it must be, and elsewhere it is said that nothing was tried.</summary>
    bool IsHere(ITestOutputHelper output);

    /// <summary>Whether the installed one reads what is rendered for the version.</summary>
    bool Reads(TargetVersion version);

    /// <summary>What it finds wrong in the files of a folder; empty where it accepts them.</summary>
    string Check(string folder);
}
