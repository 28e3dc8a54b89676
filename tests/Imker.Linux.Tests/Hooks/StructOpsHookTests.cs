using System.Net.Sockets;
using Imker.Bytecode;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary>A TCP congestion control made of programs.</summary>
[Collection(KernelEvents.OneAtATime)]
public sealed class StructOpsHookTests
{
    public StructOpsHookTests() => Machine.RequireRoot();

    [Fact]
    public void A_table_of_functions_is_used_while_its_link_is_held()
    {
        HookGate.Require("struct_ops.link");
        IsUsedWhileAttached("hook-struct-ops-link", "imker_hook_link", isJournalled: false);
    }

    [Fact]
    public void A_table_of_functions_without_a_link_is_used_until_it_is_removed()
    {
        HookGate.Require("struct_ops");
        IsUsedWhileAttached("hook-struct-ops", "imker_hook", isJournalled: true);
    }

    private static void IsUsedWhileAttached(string name, string control, bool isJournalled)
    {
        using LoadedObject loaded = HookTest.Load(name);
        Assert.DoesNotContain(control, Available(), StringComparison.Ordinal);
        loaded.AttachAll(new HookTargets());
        Assert.Equal(isJournalled, Assert.Single(loaded.Links).IsJournalled);
        Assert.Contains(control, Available(), StringComparison.Ordinal);
        Assert.True(TryUse(control));
        Assert.True(SpinWait.SpinUntil(() => loaded.Hits() > 0, TimeSpan.FromSeconds(10)), "it did not fire");
        loaded.Detach();
        Assert.True(SpinWait.SpinUntil(() => !Available().Contains(control, StringComparison.Ordinal), TimeSpan.FromSeconds(10)));
        Assert.False(TryUse(control));
    }

    private static string Available() => File.ReadAllText("/proc/sys/net/ipv4/tcp_available_congestion_control");

    /// <summary>Sends over a connection that is to use it.</summary>
    private static bool TryUse(string control)
    {
        const int tcp = 6, congestion = 13;
        (Socket client, Socket server) = HookTest.Connect();
        using (client)
        using (server)
        {
            try
            {
                client.SetRawSocketOption(tcp, congestion, System.Text.Encoding.ASCII.GetBytes(control));
            }
            catch (SocketException)
            {
                return false;
            }
            byte[] buffer = new byte[1 << 16];
            for (int i = 0; i < 4; i++)
            {
                client.Send(buffer);
                for (int left = buffer.Length; left > 0;)
                    left -= server.Receive(buffer.AsSpan(0, left));
            }
            return true;
        }
    }
}
