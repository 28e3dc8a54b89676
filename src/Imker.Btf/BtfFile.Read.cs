using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;

namespace Imker.Btf;

public sealed partial class BtfFile
{
    /// <summary>Opens BTF as it stands in <c>/sys/kernel/btf</c> or a section <c>.BTF</c>, of either byte order.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="baseBtf">What a split BTF builds on.</param>
    /// <exception cref="DiagnosticException">It is no BTF, or contradicts itself.</exception>
    public static BtfFile Read(string name, ReadOnlyMemory<byte> bytes, BtfFile? baseBtf = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new BtfReader(name, bytes, baseBtf).Read();
    }

    /// <summary>As <see cref="Read"/>, with the findings as a value.</summary>
    public static bool TryRead(
        string name, ReadOnlyMemory<byte> bytes, BtfFile? baseBtf, [NotNullWhen(true)] out BtfFile? file, out ImmutableArray<Diagnostic> diagnostics)
    {
        try
        {
            (file, diagnostics) = (Read(name, bytes, baseBtf), []);
            return true;
        }
        catch (DiagnosticException e)
        {
            (file, diagnostics) = (null, e.Diagnostics);
            return false;
        }
    }
}
