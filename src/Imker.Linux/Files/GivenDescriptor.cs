using System.Globalization;

namespace Imker.Linux;

/// <summary>Names of descriptors that whoever started us handed over: <c>-</c>, <c>/dev/stdin</c>, <c>/dev/fd/63</c> of a process substitution.</summary>
internal static class GivenDescriptor
{
    /// <summary>Whether a path is such a name.</summary>
    internal static bool TryParse(string path, out int number)
    {
        number = path switch { "-" or "/dev/stdin" => 0, "/dev/stdout" => 1, "/dev/stderr" => 2, _ => -1 };
        foreach (string prefix in new[] { "/dev/fd/", "/proc/self/fd/" })
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal)
                && int.TryParse(path.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int named))
                number = named;
        }
        return number >= 0;
    }

    /// <summary>Our own copy of it, close-on-exec.</summary>
    /// <exception cref="FileAccessException">It is not open.</exception>
    internal static Descriptor Duplicate(string doing, int number)
    {
        int copy = Interop.Libc.FCntl(number, Interop.LibcConstants.FcntlDuplicateCloseOnExec, 0);
        return copy >= 0 ? new Descriptor(copy) : throw new FileAccessException($"cannot {doing}: {Interop.Libc.LastError.Text}");
    }
}
