using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>
/// Reads objects: those of <see cref="BpfObjectWriter"/> whole, those of clang as far as libbpf's conventions tell what is in them.
/// What an object holds and this reader does not take is a finding, never left out in silence.
/// </summary>
public static class BpfObjectReader
{
    /// <param name="bytes">The file; it must not change afterwards, the object keeps parts of it.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="bpfObject">The object; null when there are errors.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> bytes, string name, [NotNullWhen(true)] out BpfObject? bpfObject, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var own = new DiagnosticBag();
        bpfObject = null;
        try
        {
            ObjectFile file = ObjectFile.Open(bytes, name);
            BpfObject? read = file.FindSection(FileNames.ModelSection) is { } model
                ? ObjectModel.Read(file, file.ReadSection(model))
                : PlainObjectReader.Read(file, own);
            foreach (string problem in read is null ? [] : ObjectConsistency.FindProblems(read))
                own.Error(ObjectDiagnosticId.Inconsistent, default, $"cannot read {name}: {problem}");
            bpfObject = own.HasErrors ? null : read;
        }
        catch (DiagnosticException e)
        {
            own.AddRange(e.Diagnostics);
        }
        diagnostics.AddRange(own);
        return bpfObject is not null;
    }

    /// <summary>As <see cref="TryRead"/>.</summary>
    /// <exception cref="DiagnosticException">The file is no object that this reader takes.</exception>
    public static BpfObject Read(ReadOnlyMemory<byte> bytes, string name)
    {
        var diagnostics = new DiagnosticBag();
        return TryRead(bytes, name, out BpfObject? bpfObject, diagnostics) ? bpfObject : throw new DiagnosticException(diagnostics.ToSorted());
    }
}
