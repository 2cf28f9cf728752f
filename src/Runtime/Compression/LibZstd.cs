using System.Reflection;
using System.Runtime.InteropServices;

namespace Confgen.Runtime.Compression;

/// <summary>The system's libzstd (RFC 8878): the platform has no Zstandard of its own. Distributions have it because their package managers need it.</summary>
internal static partial class LibZstd
{
    /// <summary>What a call of <see cref="Compress"/> is to do beside taking input (<c>ZSTD_EndDirective</c>).</summary>
    public const int Continue = 0, Flush = 1, End = 2;

    private const string Name = "libzstd";
    private const int CompressionLevel = 100;

    // Of the stable interface since 1.4.0.
    private static readonly string[] _files = ["libzstd.so.1", "libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib", "libzstd.dll"];
    private static readonly nint _library = Load();

    /// <summary>Whether it is here.</summary>
    public static bool IsPresent => _library != 0;

    /// <summary>A new compression at a level; it must be ended by disposing of it.</summary>
    public static Context Create(int level)
    {
        Context context = CreateContext();
        SetParameter(context, CompressionLevel, level);
        return context;
    }

    /// <summary>Whether a result is an error.</summary>
    [LibraryImport(Name, EntryPoint = "ZSTD_isError")]
    public static partial uint IsError(nuint result);

    /// <summary>Compresses; gives how much the library still holds.</summary>
    [LibraryImport(Name, EntryPoint = "ZSTD_compressStream2")]
    public static partial nuint Compress(Context context, ref Area output, ref Area input, int directive);

    [LibraryImport(Name, EntryPoint = "ZSTD_createCCtx")]
    private static partial Context CreateContext();

    [LibraryImport(Name, EntryPoint = "ZSTD_CCtx_setParameter")]
    private static partial nuint SetParameter(Context context, int parameter, int value);

    [LibraryImport(Name, EntryPoint = "ZSTD_freeCCtx")]
    private static partial nuint FreeContext(nint context);

    private static nint Load()
    {
        nint found = 0;
        foreach (string file in _files)
        {
            if (found == 0)
            {
                NativeLibrary.TryLoad(file, out found);
            }
        }

        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? found : 0);
        return found;
    }

    /// <summary><c>ZSTD_inBuffer</c> and <c>ZSTD_outBuffer</c>, which are laid out alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Area
    {
        /// <summary>Its first byte.</summary>
        public nint Start;

        /// <summary>Its size.</summary>
        public nuint Size;

        /// <summary>How much of it was read or written.</summary>
        public nuint At;
    }

    /// <summary>A compression under way.</summary>
    public sealed class Context() : SafeHandle(0, ownsHandle: true)
    {
        /// <inheritdoc/>
        public override bool IsInvalid => handle == 0;

        /// <inheritdoc/>
        protected override bool ReleaseHandle() => FreeContext(handle) == 0;
    }
}
