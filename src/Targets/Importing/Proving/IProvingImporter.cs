namespace Confgen.Targets.Importing.Proving;

/// <summary>An importer whose source can be run beside the spec that it becomes.</summary>
public interface IProvingImporter : IImporter
{
    /// <summary>The source as it can be run on this machine beside anything else.</summary>
    /// <param name="request">What is imported.</param>
    /// <param name="places">What stands for its ports, servers and files.</param>
    StagedOriginal Stage(ImportRequest request, IStagingPlaces places);
}
