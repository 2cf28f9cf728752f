namespace Confgen.Conformance.Tests.Evidence;

/// <summary>How a case went with a field taken away or changed.</summary>
internal enum TrialEnd
{
    /// <summary>The case doesn't write the field, or doesn't run here.</summary>
    NotTried,

    /// <summary>As with it, so it proves nothing.</summary>
    Passed,

    /// <summary>There was nothing to run: the spec or the target refuses it.</summary>
    Refused,

    /// <summary>It was still waiting when its time was over.</summary>
    Waited,

    /// <summary>The program did something else without the field.</summary>
    FailedWithout,

    /// <summary>The spec without the field is refused, and the program did something else with another value.</summary>
    FailedWithAnother,
}
