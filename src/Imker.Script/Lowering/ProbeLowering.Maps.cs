using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

internal sealed partial class ProbeLowering
{
    // Flags of BPF_MAP_UPDATE_ELEM.
    private const long UpdateAny = 0;
    private const long UpdateNoExist = 1;

    // -E2BIG: what a hash says when it is full.
    private const long MapIsFull = -7;

    private IrValue KeyPointer(MapSymbol map, BoundExpression? key)
    {
        if (key is null)
        {
            Place zero = Allocate(4, 4, "key");
            ir.Store(zero.Pointer, zero.Offset, ir.Int32(0));
            return PointerTo(zero);
        }
        ScriptType type = map.Key!;
        if (!type.IsScalar && key.Type == type && IsFullyWritten(type) && TryLocal(key, out Place local))
            return PointerTo(local);
        Place place = Allocate(type, "key");
        Into(key, place, type, isKey: true);
        return PointerTo(place);
    }

    // Memory of such a type never holds bytes that nobody wrote, so it can serve as a key where it stands.
    private static bool IsFullyWritten(ScriptType type) => type switch
    {
        StringType text => text.Capacity <= PaddedStringSize,
        TupleType tuple => tuple.Size == tuple.Elements.Sum(e => e.Size) && tuple.Elements.All(e => e.IsScalar || IsFullyWritten(e)),
        ArrayType or UserSymbolType or InternetAddressType or MacAddressType => true,
        _ => false,
    };

    private IrValue Lookup(MapStorage map, IrValue key) => Lookup(MapPointer(map), key);

    private IrValue Lookup(IrValue map, IrValue key) =>
        ir.Call(HelperId.MapLookupElem, IrType.Pointer(Provenance.MapValue, isNullable: true), map, key);

    /// <summary>The map, to be handed to helpers: of two generations, the one that is written to now.</summary>
    private IrValue MapPointer(MapStorage map)
    {
        if (map.Alternate is not { } alternate)
            return ir.MapAddress(map.Name);
        IrValue isFirst = ir.Compare(CompareOperator.Equal, ReadHostVariable(map.GenerationVariable), 0);
        return ir.Select(isFirst, ir.MapAddress(map.Name), ir.MapAddress(alternate));
    }

    private Place GlobalOf(MapStorage map) => new(ir.GlobalAddress(map.Name, 0), 0);

    private void MarkPresent(MapStorage map, Place global) =>
        ir.Store(global.Pointer, global.Offset + map.PresenceOffset, ir.Int64(1));

    private static IrValue NonNull(IrBuilder ir, IrValue pointer) => ir.Assume(pointer, pointer.Type with { IsNullable = false });

    /// <summary>A scalar entry, zero when there is none.</summary>
    private IrValue ReadMap(BoundMapElement element)
    {
        MapStorage map = module.StorageOf(element.Map);
        if (map.IsGlobal)
            return LoadScalar(GlobalOf(map), element.Type);
        IrValue key = KeyPointer(element.Map, element.Key);
        if (element.Map.Value is AggregateType aggregate)
            return ReadAggregate(map, aggregate, key, element.Type);
        var result = new IrVariable(IrTypeOf(element.Type), "entry");
        ir.Write(result, ir.Constant(result.Type, 0));
        WhenFound(Lookup(map, key), value => ir.Write(result, ir.Load(result.Type, value)));
        return ir.Read(result);
    }

    /// <summary>An entry that does not fit a register; zeros when there is none.</summary>
    private void MapElementInto(BoundMapElement element, Place target, ScriptType type, bool isKey)
    {
        MapStorage map = module.StorageOf(element.Map);
        IrValue found = Lookup(map, KeyPointer(element.Map, element.Key));
        IrBlock copy = ir.NewBlock("found"), zero = ir.NewBlock("absent"), next = ir.NewBlock("element");
        ir.Branch(ir.Compare(CompareOperator.NotEqual, found, 0), copy, zero);
        Begin(copy);
        CopyValue(new Place(NonNull(ir, found), 0), element.Type, target, type, isKey);
        ir.Jump(next);
        Begin(zero);
        if (isKey)
            ir.Zero(target.Pointer, target.Offset, type.Size, AlignmentAt(target, type.Size));
        else
            ZeroValue(target, type);
        ir.Jump(next);
        Begin(next);
    }

    private void WhenFound(IrValue pointer, Action<IrValue> then)
    {
        IrBlock found = ir.NewBlock("found"), next = ir.NewBlock("next");
        ir.Branch(ir.Compare(CompareOperator.NotEqual, pointer, 0), found, next);
        Begin(found);
        then(NonNull(ir, pointer));
        ir.Jump(next);
        Begin(next);
    }

    private void AssignMap(BoundAssignMap assignment)
    {
        MapStorage map = module.StorageOf(assignment.Map);
        ScriptType type = assignment.Map.Value;
        if (map.IsGlobal)
        {
            IrValue? scalar = type.IsScalar ? Scalar(assignment.Value) : null;
            Place global = GlobalOf(map);
            if (scalar is not null)
                ir.Store(global.Pointer, global.Offset, scalar);
            else
                Into(assignment.Value, global, type);
            MarkPresent(map, global);
            return;
        }
        IrValue key = KeyPointer(assignment.Map, assignment.Key);
        if (type.IsScalar || !TryLocal(assignment.Value, out Place value) || assignment.Value.Type != type)
        {
            value = Allocate(type, "value");
            Into(assignment.Value, value, type);
        }
        Update(map, assignment.Map.Name, key, PointerTo(value));
    }

    private void Update(MapStorage map, string name, IrValue key, IrValue value)
    {
        IrValue result = ir.Call(HelperId.MapUpdateElem, IrType.I64, MapPointer(map), key, value, ir.Int64(UpdateAny));
        IrBlock lost = ir.NewBlock("lost"), next = ir.NewBlock("updated");
        ir.Branch(ir.Compare(CompareOperator.NotEqual, result, 0), lost, next, BranchHint.LikelyFalse);
        Begin(lost);
        CountUpdateLoss(result, name);
        ir.Jump(next);
        Begin(next);
    }

    // The two cells of a map stand side by side, so that telling the causes apart costs one jump and one addition.
    private void CountUpdateLoss(IrValue result, string map)
    {
        int full = module.LossCell(probe, LossCause.MapFull, map);
        module.LossCell(probe, LossCause.InsertFailed, map);
        IrBlock other = ir.NewBlock("failed"), count = ir.NewBlock("count");
        var cell = new IrVariable(IrType.Pointer(Provenance.Global), "cell");
        IrValue address = ir.GlobalAddress(IrModule.LossMap, 8 * full);
        ir.Write(cell, address);
        ir.Branch(ir.Compare(CompareOperator.Equal, result, MapIsFull), count, other);
        Begin(other);
        ir.Write(cell, ir.Offset(address, 8));
        ir.Jump(count);
        Begin(count);
        ir.Atomic(AtomicOperator.Add, ir.Read(cell), 0, ir.Int64(1));
    }

    private IrValue IncrementMap(BoundIncrement increment, BoundMapElement element)
    {
        MapStorage map = module.StorageOf(element.Map);
        if (map.IsGlobal)
        {
            Place global = GlobalOf(map);
            IrValue old = AddTo(global, element.Type, increment.Delta);
            MarkPresent(map, global);
            return increment.IsPrefix ? AddInWidth(old, increment.Delta) : old;
        }
        var before = new IrVariable(IrTypeOf(element.Type), "before");
        ir.Write(before, ir.Constant(before.Type, 0));
        WithEntry(map, element.Map.Name, KeyPointer(element.Map, element.Key),
            value => ir.Write(before, AddTo(new Place(value, 0), element.Type, increment.Delta)));
        IrValue found = ir.Read(before);
        return increment.IsPrefix ? AddInWidth(found, increment.Delta) : found;
    }

    /// <summary>Adds to a number in a map that other CPUs may write; gives what was there.</summary>
    private IrValue AddTo(Place place, ScriptType type, long delta)
    {
        IrType width = IrTypeOf(type);
        if (width.Size >= 4)
            return ir.Atomic(AtomicOperator.Add, place.Pointer, place.Offset, ir.Constant(width, delta));
        IrValue before = ir.Load(width, place.Pointer, place.Offset);
        ir.Store(place.Pointer, place.Offset, AddInWidth(before, delta));
        return before;
    }

    /// <summary>
    /// Does something with an entry's value, which is made of zeros when it is not there. Two CPUs (or a program and one that
    /// interrupts it) may both find it missing: only the first makes it, and both go on with what is there then.
    /// </summary>
    private void WithEntry(MapStorage map, string name, IrValue key, Action<IrValue> action)
    {
        IrBlock insert = ir.NewBlock("insert"), lost = ir.NewBlock("lost"), found = ir.NewBlock("entry"), next = ir.NewBlock("next");
        var entry = new IrVariable(IrType.Pointer(Provenance.MapValue), "entry");
        IrValue pointer = MapPointer(map);
        IrValue first = Lookup(pointer, key);
        ir.Write(entry, first);
        ir.Branch(ir.Compare(CompareOperator.NotEqual, first, 0), found, insert, BranchHint.LikelyTrue);
        Begin(insert);
        IrValue result = ir.Call(HelperId.MapUpdateElem, IrType.I64,
            pointer, key, ir.GlobalAddress(module.ZeroSection(map.ValueSize), 0), ir.Int64(UpdateNoExist));
        IrValue second = Lookup(pointer, key);
        ir.Write(entry, second);
        ir.Branch(ir.Compare(CompareOperator.NotEqual, second, 0), found, lost);
        Begin(lost);
        CountUpdateLoss(result, name);
        ir.Jump(next);
        Begin(found);
        action(ir.Read(entry));
        ir.Jump(next);
        Begin(next);
    }

    private IrValue Delete(BoundMapElement element)
    {
        MapStorage map = module.StorageOf(element.Map);
        if (map.IsGlobal)
        {
            Place global = GlobalOf(map);
            IrValue present = ir.Load(IrType.I64, global.Pointer, global.Offset + map.PresenceOffset);
            ir.Zero(global.Pointer, global.Offset, map.ValueSize);
            return Truth(present);
        }
        IrValue key = KeyPointer(element.Map, element.Key);
        if (map.IsPerCpuScalar)
        {
            WhenFound(Lookup(map, key), value => ir.Zero(value, 0, map.ValueSize));
            return ir.Constant(IrType.Bool, 1);
        }
        IrValue result = ir.Call(HelperId.MapDeleteElem, IrType.I64, MapPointer(map), key);
        return ir.Compare(CompareOperator.Equal, result, 0);
    }

    private IrValue HasKey(BoundMapElement element)
    {
        MapStorage map = module.StorageOf(element.Map);
        if (map.IsGlobal)
            return Truth(ir.Load(IrType.I64, GlobalOf(map).Pointer, map.PresenceOffset));
        return ir.Compare(CompareOperator.NotEqual, Lookup(map, KeyPointer(element.Map, element.Key)), 0);
    }

    // bpf_for_each_map_elem answers with the entries that it went through.
    private IrValue Length(MapSymbol symbol)
    {
        MapStorage map = module.StorageOf(symbol);
        if (map.IsGlobal)
            return ir.Load(IrType.I64, GlobalOf(map).Pointer, map.PresenceOffset);
        if (map.IsPerCpuScalar)
            return ir.Int64(1);
        IrFunction counter = module.CountingCallback(ir.Function.ProgramType);
        Place none = Allocate(8, 8, "none");
        ir.Store(none.Pointer, none.Offset, ir.Int64(0));
        return ir.Call(HelperId.ForEachMapElem, IrType.I64, MapPointer(map), ir.FunctionAddress(counter), PointerTo(none), ir.Int64(0));
    }
}
