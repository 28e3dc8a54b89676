using Imker.Objects;

namespace Imker.Machine;

/// <summary>Array of programs (<c>kernel/bpf/arraymap.c</c>), which tail calls go to.</summary>
internal sealed unsafe class ProgramArrayStorage(MapSpec spec) : MapStorage(spec)
{
    private readonly ReferenceTable<MachineProgram> programs = new(spec.MaxEntries);

    public MachineProgram? At(uint index) => programs[index];

    public int Set(byte* key, MachineProgram program, ulong flags) => programs.Set(key, program, flags);

    public override int Update(byte* key, byte* value, ulong flags, int cpu) => -Errno.Invalid;

    public override int Delete(byte* key) => programs.Delete(key);

    public override int GetNextKey(byte* key, byte* next) => programs.GetNextKey(key, next);

    public override int Read(byte* key, byte* buffer)
    {
        if (programs.At(key) is not { } program)
            return -Errno.NoEntry;
        System.Runtime.CompilerServices.Unsafe.WriteUnaligned(buffer, program.Id);
        return 0;
    }
}
