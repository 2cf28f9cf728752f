namespace Confgen.Targets.Nginx.Building;

/// <summary>The variables of <c>confgen/maps.conf</c> by their names without a dollar sign; what each is, that file says.</summary>
internal static class SharedVariables
{
    public const string Empty = "confgen_empty";
    public const string OddPath = "confgen_odd_path";
    public const string OtherPath = "confgen_other_path";
    public const string OnlyReading = "confgen_only_reading";
    public const string ClientHost = "confgen_client_host";
    public const string UpstreamHost = "confgen_upstream_host";
    public const string Path = "confgen_path";
    public const string PathInfo = "confgen_path_info";
    public const string RawPath = "confgen_raw_path";
    public const string RawQuery = "confgen_raw_query";
    public const string SafePath = "confgen_safe_path";
    public const string WithSlash = "confgen_with_slash";
    public const string Upgrade = "confgen_upgrade";
    public const string UpgradeSuffix = "confgen_upgrade_suffix";
    public const string Connection = "confgen_connection";
    public const string BodyLength = "confgen_body_length";
    public const string Success = "confgen_success";
    public const string NoServer = "confgen_no_server";
    public const string ClientAddress = "confgen_client_address";
    public const string FromProxy = "confgen_from_proxy";
    public const string ForwardedFor = "confgen_forwarded_for";
    public const string ForwardedProto = "confgen_forwarded_proto";
    public const string ForwardedHost = "confgen_forwarded_host";
    public const string Preflight = "confgen_preflight";
    public const string AllowForFiles = "confgen_allow_for_files";
    public const string VaryOfFiles = "confgen_vary_of_files";
    public const string SecureAttribute = "confgen_secure_attribute";
    public const string Route = "confgen_route";
    public const string Site = "confgen_site";

    /// <summary>What a trusted proxy sends in a field, and nobody else.</summary>
    public static string Trusted(string field) => "confgen_trusted_" + NginxNames.HeaderVariable(field);
}
