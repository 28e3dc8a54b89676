using Imker.Btf;
using Imker.Bytecode;
using Imker.Verifier.Code;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private void LoadWide(in Instruction instruction)
    {
        ref RegisterState dst = ref Write(instruction.Dst);
        dst = code.OperandAt(slot) switch
        {
            MapInfo map when ((MapReference)instruction.Reference!).ValueAddress => AddressInValue(map, (MapReference)instruction.Reference!),
            MapInfo map => RegisterState.Pointer(RegisterKind.Map) with { Target = map },
            Subprogram function => FunctionAddress(function),
            KernelSymbolReference symbol => KernelSymbol(symbol),
            _ when instruction.WideLoadKind != WideLoadKind.Constant =>
                throw Refuse(VerifierDiagnosticId.BadInstruction, $"the wide load refers by number to what the object does not name: '{instruction}'"),
            _ => RegisterState.Constant(instruction.Constant),
        };
    }

    private RegisterState AddressInValue(MapInfo map, MapReference reference)
    {
        if (map.Type == MapType.Arena)
            return RegisterState.UnknownScalar;
        if (reference.Offset < 0 || reference.Offset >= map.ValueSize)
            Fail(VerifierDiagnosticId.MapUse, $"direct value offset of {reference.Offset} is not allowed: the value of '{map}' has {map.ValueSize} bytes");
        return RegisterState.Pointer(RegisterKind.MapValue) with { Target = map, Offset = (int)reference.Offset };
    }

    private RegisterState FunctionAddress(Subprogram function)
    {
        if (function.IsGlobal)
            Fail(VerifierDiagnosticId.GlobalFunction, $"callback function not static: '{function.Name}'");
        function.IsCallback = true;
        return RegisterState.Pointer(RegisterKind.Function) with { Target = function };
    }

    // Kernel: check_pseudo_btf_id.
    private RegisterState KernelSymbol(KernelSymbolReference symbol)
    {
        if (!symbol.IsTyped)
            return RegisterState.UnknownScalar;
        if (target.Types is not { } types)
            return symbol.IsWeak ? RegisterState.UnknownScalar : throw Refuse(VerifierDiagnosticId.NotInTarget, $"the kernel symbol '{symbol.Name}' is not known without the kernel's types");
        if (!types.TryFind(BtfKind.Variable, symbol.Name, out BtfType variable))
        {
            if (types.TryFind(BtfKind.Function, symbol.Name, out _))
                return RegisterState.Pointer(RegisterKind.Memory, PointerFlags.ReadOnly);
            return symbol.IsWeak ? RegisterState.Constant(0) : throw Refuse(VerifierDiagnosticId.NotInTarget, $"the target's kernel has no symbol '{symbol.Name}'");
        }
        bool isPerCpu = types.FindAll(BtfKind.DataSection, ".data..percpu").Concat(types.FindAll(BtfKind.DataSection, ".data.percpu"))
            .Any(section => section.SectionEntries.Any(entry => entry.Variable == variable));
        PointerFlags flags = isPerCpu ? PointerFlags.PerCpu : PointerFlags.None;
        BtfType type = variable.Target.SkipModifiers();
        if (type.Kind is BtfKind.Struct or BtfKind.Union)
            return RegisterState.Pointer(RegisterKind.Btf, flags) with { Target = types, TypeId = type.Id };
        return types.TryGetSize(type, out ulong size)
            ? RegisterState.Pointer(RegisterKind.Memory, flags | PointerFlags.ReadOnly) with { Range = (int)Math.Min(size, int.MaxValue) }
            : RegisterState.UnknownScalar;
    }

    /// <summary>A load of the packet that ends the program where there is no such byte (kernel: <c>check_ld_abs</c>).</summary>
    private void LoadPacket(in Instruction instruction)
    {
        if (program.Type is not (ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct))
            Fail(VerifierDiagnosticId.NotCallable, "BPF_LD_[ABS|IND] instructions not allowed for this program type");
        CheckLoadPacketPlace();
        if (Read(Register.R6).Kind != RegisterKind.Context)
            Fail(VerifierDiagnosticId.Argument, "at the time of BPF_LD_ABS|IND R6 != pointer to skb");
        if (registers[6].Offset != 0 || !registers[6].Number.IsZero)
            Fail(VerifierDiagnosticId.ContextAccess, $"dereference of modified ctx ptr R6 off={registers[6].Offset} disallowed");
        if (instruction.Mode == MemoryMode.Indirect)
            Read(instruction.Src);
        if (state.Current > 0)
            LeaveEarly();
        for (int i = 0; i <= 5; i++)
            registers[i] = RegisterState.Unset;
        registers[0] = RegisterState.OfScalar(ScalarArithmetic<Width64>.Truncate(Scalar.Unknown, 8 * BytesOf(instruction.Size)));
    }

    // Where the packet has no such byte, the function returns 0.
    private void LeaveEarly()
    {
        ProgramState other = SetAside(state.Frame.CallSite + 1);
        other.Steps.Clear();
        other.Current--;
        other.Registers[0] = RegisterState.Constant(0);
    }

    private void CheckLoadPacketPlace()
    {
        const string What = "BPF_LD_[ABS|IND]";
        CheckSections($"{What} ");
        if (state.References.Count > 0)
            Fail(VerifierDiagnosticId.Reference, $"{What} would lead to reference leak: it may end the program while what {state.References[^1].What} took at instruction {state.References[^1].Slot} is held");
        if (code.Functions.Length > 1 && code.Types is null)
            Fail(VerifierDiagnosticId.NotCallable, $"{What} instructions need type information in programs with functions");
        Subprogram function = state.Frame.Function;
        if (function.Index > 0 && function.Type is { } type && type.Target.Kind == BtfKind.FunctionPrototype
            && type.Target.Target.SkipModifiers() is not { Kind: BtfKind.Int or BtfKind.Enum or BtfKind.Enum64 })
            Fail(VerifierDiagnosticId.NotCallable, "LD_ABS is only allowed in functions that return 'int'");
    }
}
