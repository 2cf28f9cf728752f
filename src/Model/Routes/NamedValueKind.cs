namespace Confgen.Model.Routes;

/// <summary>What of a request has names and values that conditions ask for.</summary>
public enum NamedValueKind
{
    /// <summary>The fields of the head.</summary>
    Header,

    /// <summary>The parameters of the query.</summary>
    Parameter,

    /// <summary>The cookies.</summary>
    Cookie,
}
