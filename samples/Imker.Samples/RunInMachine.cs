using System.Runtime.InteropServices;
using Imker.Hosting;
using Imker.Machine;
using Imker.Objects;

namespace Imker.Samples;

/// <summary>Runs a program in this process, and gives it a hook.</summary>
internal static class RunInMachine
{
    private struct Order
    {
        public uint Customer;
        public uint Amount;
    }

    public static int Run()
    {
        BpfObject source = BpfObjectReader.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "count-bytes.bpf.o")), "count-bytes");

        var machine = new BpfMachine();
        using MachineInstance loaded = machine.Load(source);
        RunResult result = loaded.Programs["count_bytes"].Run("abc"u8.ToArray());
        Console.WriteLine($"the bytes sum up to {result.ReturnValue}");

        var hook = new HookPoint<Order>("orders", machine);
        using HookAttachment attachment = hook.Attach(source);
        var order = new Order { Customer = 7, Amount = 0x0302 };
        Console.WriteLine($"{attachment.Program.Name} answers {hook.Run(ref order)}");

        // The same through what kernel and machine have in common.
        IBpfHost host = machine;
        using IBpfInstance instance = host.Load(source);
        Console.WriteLine($"and {instance.Run("count_bytes", MemoryMarshal.AsBytes(new ReadOnlySpan<Order>(in order)))}");
        return 0;
    }
}
