using System.Buffers.Binary;
using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>From a blueprint to what lives in the machine.</summary>
internal sealed unsafe class ObjectLoader
{
    private readonly BpfMachine machine;
    private readonly BpfObject source;
    private readonly DiagnosticBag bag = new();
    private readonly Dictionary<string, MachineMap> maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MachineProgram> programs = new(StringComparer.Ordinal);

    private ObjectLoader(BpfMachine machine, BpfObject source)
    {
        this.machine = machine;
        this.source = source;
    }

    public static MachineInstance Load(BpfMachine machine, BpfObject source)
    {
        var loader = new ObjectLoader(machine, source);
        foreach (MapSpec map in source.Maps)
            loader.MakeMap(map);
        if (!loader.bag.HasErrors)
        {
            foreach (ProgramSpec program in source.Programs.Where(program => program.IsAutoLoaded))
                loader.LoadProgram(program);
        }
        if (loader.bag.HasErrors)
            throw new DiagnosticException(loader.bag.ToSorted());
        loader.FillMaps();
        return new MachineInstance(source, loader.maps, loader.programs);
    }

    private void MakeMap(MapSpec spec)
    {
        spec = spec.Type is MapType.RingBuffer
            ? spec with { MaxEntries = Math.Max(System.Numerics.BitOperations.RoundUpToPowerOf2(spec.MaxEntries), (uint)Environment.SystemPageSize) } : spec;
        if (MapFactory.Create(spec, machine.Options.CpuCount, out string? problem) is { } storage)
            maps.Add(spec.Name, new MachineMap(storage));
        else
            bag.Error(MachineDiagnosticId.BadMap, default, $"cannot make map '{spec.Name}': {problem}");
    }

    private void LoadProgram(ProgramSpec spec)
    {
        LinkedCode linked = LinkedCode.Link(source, spec);
        var used = ImmutableArray.CreateBuilder<MachineMap>();
        var code = new Code([.. linked.Code.Select(instruction => Resolve(instruction, used))]);
        if (!ProgramValidator.TryValidate(spec.Name, code, machine.Helpers, linked.Names, out ExecutableProgram? program, out ImmutableArray<Diagnostic> diagnostics))
        {
            foreach (Diagnostic finding in diagnostics)
                bag.Add(finding);
            return;
        }
        programs.Add(spec.Name, new MachineProgram(machine, program, spec.Type, used.ToImmutable(), machine.Options.Mode));
    }

    private Instruction Resolve(Instruction instruction, ImmutableArray<MachineMap>.Builder used)
    {
        if (instruction.Reference is KernelSymbolReference { IsWeak: true })
            return Instruction.LoadImm64(instruction.Dst, 0);
        if (instruction.Reference is not MapReference reference)
            return instruction;
        MachineMap map = maps[reference.Name];
        if (!used.Contains(map))
            used.Add(map);
        return Instruction.LoadImm64(instruction.Dst, reference.ValueAddress
            ? (long)(((ArrayStorage)map.Storage).Start + reference.Offset) : (long)MapHandle.Of(map));
    }

    private void FillMaps()
    {
        foreach (MapSpec spec in source.Maps)
        {
            for (int i = 0; i < spec.InnerMaps.Length; i++)
            {
                if (spec.InnerMaps[i].Length > 0)
                    maps[spec.Name].SetMap(BitConverter.GetBytes(i), maps[spec.InnerMaps[i]]);
            }
            for (int i = 0; i < spec.InnerPrograms.Length; i++)
            {
                if (spec.InnerPrograms[i].Length > 0)
                    maps[spec.Name].SetProgram(i, programs[spec.InnerPrograms[i]]);
            }
        }
    }
}
