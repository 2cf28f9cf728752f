using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Model.Sources;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Cross-origin resource sharing: the response's rules don't see the request any more, so that variables keep it.</summary>
internal sealed class CorsLines(HAProxyTexts texts)
{
    private const string Allowed = "{ var(txn.origin) -m found }";
    private const string Preflight = "{ var(txn.preflight) -m found }";

    /// <summary>On the request: a preflight gets its response at once.</summary>
    public IEnumerable<string> Request(Cors cors)
    {
        if (!cors.AnyOrigin)
        {
            SourceSpan at = cors.At.Of(CorsFields.Origins);
            foreach (string[] some in cors.Origins.Chunk(SiteRules.MostPatterns))
            {
                string origins = string.Join(' ', some.Select(origin => texts.Word(origin, at)));
                yield return $"http-request set-var(txn.origin) req.fhdr(origin) if {{ req.fhdr(origin) -m str -- {origins} }}";
            }
        }

        yield return "http-request set-var(txn.preflight) bool(true) if { method OPTIONS } { req.fhdr(origin) -m found } "
            + "{ req.fhdr(access-control-request-method) -m found }";
        yield return $"http-request return status 204 if {Preflight}";
    }

    /// <summary>On every response: the upstream's own fields are dropped, because they would stand beside the spec's.</summary>
    public IEnumerable<string> Response(Cors cors)
    {
        const string set = "http-after-response set-header Access-Control-";
        (string also, string only) = cors.AnyOrigin ? ("", "") : (" " + Allowed, " if " + Allowed);
        yield return "http-after-response del-header "
            + texts.Word($"(?i)^(?:{string.Join('|', Cors.ResponseHeaders)})$", cors.At.Span)
            + " -m reg";
        yield return $"{set}Allow-Origin {(cors.AnyOrigin ? "*" : "%[var(txn.origin)]")}{only}";
        if (!cors.AnyOrigin)
        {
            yield return "http-after-response add-header Vary Origin";
        }

        if (cors.Credentials && !cors.AnyOrigin)
        {
            yield return $"{set}Allow-Credentials true{only}";
        }

        yield return $"{set}Allow-Methods {List(cors.Methods, cors.At.Of(CorsFields.Methods))} if {Preflight}{also}";
        if (cors.Headers.Count > 0)
        {
            yield return $"{set}Allow-Headers {List(cors.Headers, cors.At.Of(CorsFields.Headers))} if {Preflight}{also}";
        }

        if (cors.MaxAge is { } age)
        {
            yield return string.Create(null, $"{set}Max-Age {(long)age.TotalSeconds} if {Preflight}{also}");
        }

        if (cors.ExposeHeaders.Count > 0)
        {
            yield return $"{set}Expose-Headers {List(cors.ExposeHeaders, cors.At.Of(CorsFields.ExposeHeaders))} if !{Preflight}{also}";
        }
    }

    private string List(IEnumerable<string> words, SourceSpan at) => texts.Format(string.Join(", ", words), at);
}
