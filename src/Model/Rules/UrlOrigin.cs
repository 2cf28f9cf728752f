namespace Confgen.Model.Rules;

/// <summary>What a <see cref="UrlRule"/> wants before the text that it exchanges.</summary>
public enum UrlOrigin
{
    /// <summary>Nothing: the value starts with the text.</summary>
    None,

    /// <summary><c>http://</c> and the host as the client sent it; the result has the client's scheme.</summary>
    OwnHttp,

    /// <summary><c>https://</c> and the host as the client sent it, which both stay.</summary>
    OwnHttps,

    /// <summary>Either scheme and one of <see cref="ResponseUrls.Servers"/>; the result has the client's scheme and host.</summary>
    Server,
}
