namespace Confgen.Model.Rules;

/// <summary>The step at which a request is decided, in the order of the steps.</summary>
public enum EvaluationStage
{
    /// <summary>The method or the target is refused on every route.</summary>
    Refused,

    /// <summary>Nothing listens there, or it speaks another scheme.</summary>
    NoListener,

    /// <summary>Plain HTTP is redirected to https.</summary>
    HttpsRedirect,

    /// <summary>No site takes the host.</summary>
    NoSite,

    /// <summary>A path with bytes outside of RFC 3986, on a route that is guarded or transparent.</summary>
    OddBytes,

    /// <summary>A preflight of CORS.</summary>
    Preflight,

    /// <summary>The client's address is not allowed.</summary>
    AccessDenied,

    /// <summary>Credentials are asked for, and there are none.</summary>
    NoCredentials,

    /// <summary>The route's action, or the lack of a route, decides.</summary>
    Action,
}
