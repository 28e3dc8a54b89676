using System.Runtime.InteropServices;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Tracing.Tests;

public sealed class ScratchTests
{
    private const string Script = "begin { printf(\"%s\\n\", str((uint64)1, 1000)); }";

    // That programs are preempted while they hold scratch memory is for other kernels to show (this one may not preempt itself);
    // here every buffer is taken from outside.
    [Fact]
    public void A_program_that_finds_all_scratch_taken_counts_that_and_does_nothing_else()
    {
        Machine.RequireRoot();
        BpfObject compiled = ScriptHarness.Compile(Script, out _);
        using LoadedObject loaded = ObjectLoader.Load(compiled);
        KernelMap scratch = loaded.Maps["scratch"];
        byte[] taken = new byte[scratch.ValueBufferSize];
        MemoryMarshal.Cast<byte, long>(taken.AsSpan()).Fill(1);
        for (int i = 0; i < scratch.MaxEntries; i++)
            scratch.Update(BitConverter.GetBytes(i), taken);

        loaded.Run(RunPhase.Begin);
        loaded.Run(RunPhase.Begin);

        using var ring = new RingBuffer(loaded.Maps[RecordSchema.DataRing]);
        Assert.Equal(0, ring.AvailableBytes);
        Assert.Equal(2UL, CountOf(loaded, LossCause.ScratchTaken));
    }

    [Fact]
    public void Scratch_is_given_back_at_the_end_of_a_run()
    {
        Machine.RequireRoot();
        BpfObject compiled = ScriptHarness.Compile(Script, out _);
        using LoadedObject loaded = ObjectLoader.Load(compiled);
        for (int i = 0; i < 100; i++)
            loaded.Run(RunPhase.Begin);
        Assert.Equal(0UL, CountOf(loaded, LossCause.ScratchTaken));
    }

    private static ulong CountOf(LoadedObject loaded, LossCause cause)
    {
        BpfObject blueprint = loaded.Blueprint;
        KernelMap map = loaded.Maps[blueprint.LossMap!];
        byte[] cells = new byte[map.ValueBufferSize];
        map.TryLookup([0, 0, 0, 0], cells);
        ulong count = 0;
        for (int i = 0; i < blueprint.Losses.Length; i++)
        {
            if (blueprint.Losses[i].Cause == cause)
                count += MemoryMarshal.Read<ulong>(cells.AsSpan(8 * i));
        }
        return count;
    }
}
