using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Imker.Linux;
using Imker.Objects;
using Imker.Symbols;
using SymbolStackMode = Imker.Symbols.StackMode;

namespace Imker.Tracing.Records;

/// <summary>Names for the addresses and stacks that a script's programs have seen; symbols are read at the first question.</summary>
internal sealed class AddressNames(LoadedObject loaded, MappingLog? mappings)
{
    private readonly Symbols.KernelSymbols kernel = new();
    private readonly ProcessSymbols processes = new(new TracedProcessFiles(mappings));

    public string Kernel(ulong address) => kernel.Resolve(address).ToString();

    public string User(ulong address, int processId) => processes.Resolve(processId, address).ToString();

    /// <summary>The lines of a stack; none when the kernel had no stack to give (a negative id) or it was overwritten since.</summary>
    public ImmutableArray<string> Stack(StackData type, long id, int processId)
    {
        KernelMap map = loaded.Maps[type.StackMap];
        Span<byte> key = stackalloc byte[4];
        MemoryMarshal.Write(key, (int)id);
        byte[] frames = new byte[map.ValueBufferSize];
        if (id < 0 || !map.TryLookup(key, frames))
            return [];
        ReadOnlySpan<ulong> addresses = MemoryMarshal.Cast<byte, ulong>(frames.AsSpan());
        addresses = addresses[..Math.Min(addresses.Length, type.MaxFrames)];
        return type.IsUser
            ? StackText.OfProcess(addresses, ModeOf(type.Mode), processId, processes)
            : StackText.OfKernel(addresses, ModeOf(type.Mode), kernel);
    }

    private static SymbolStackMode ModeOf(Objects.StackMode mode) => mode switch
    {
        Objects.StackMode.Perf => SymbolStackMode.Perf,
        Objects.StackMode.Raw => SymbolStackMode.Raw,
        _ => SymbolStackMode.Bpftrace,
    };
}
