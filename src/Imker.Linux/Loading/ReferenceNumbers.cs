using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>What a program's symbolic references stand for in the running kernel.</summary>
internal sealed class ReferenceNumbers(IReadOnlyDictionary<string, KernelMap> maps, string objectName)
{
    // A call of a helper that never was: where a weak reference is not guarded, the verifier says so.
    private const int NoSuchHelper = 2_002_000_000;

    /// <summary>The map's descriptor, valid while the map is held.</summary>
    internal int MapDescriptor(MapReference map) =>
        maps.TryGetValue(map.Name, out KernelMap? found)
            ? (int)found.Descriptor.DangerousGetHandle()
            : throw new ArgumentException($"the object '{objectName}' uses the map '{map.Name}', which it does not have");

    internal Instruction KfuncCall(KfuncReference kfunc)
    {
        if (KernelBtfFile.Types is { } types && types.TryFind(BtfKind.Function, kfunc.Name, out BtfType function))
            return Instruction.CallKfunc((int)function.Id);
        return kfunc.IsWeak ? Instruction.CallHelper(NoSuchHelper) : throw Missing("function", kfunc.Name);
    }

    /// <summary>The load with the symbol's number: its BTF id, or its address; a weak one that is missing is a plain zero.</summary>
    internal Instruction SymbolLoad(KernelSymbolReference symbol, Instruction load)
    {
        if (symbol.IsTyped)
        {
            if (KernelBtfFile.Types is { } types && (types.TryFind(BtfKind.Variable, symbol.Name, out BtfType type) || types.TryFind(BtfKind.Function, symbol.Name, out type)))
                return load.WithConstant(type.Id);
        }
        else if (KernelSymbols.Find(symbol.Name) is { } address)
        {
            return Instruction.LoadImm64(load.Dst, (long)address);
        }
        return symbol.IsWeak ? Instruction.LoadImm64(load.Dst, 0) : throw Missing("symbol", symbol.Name);
    }

    private BpfException Missing(string what, string name) =>
        new($"load '{objectName}'", "BPF_PROG_LOAD", Errno.NoEntry, $"this kernel has no {what} '{name}' that programs may use");
}
