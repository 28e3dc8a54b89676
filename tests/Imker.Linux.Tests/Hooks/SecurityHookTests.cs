using System.Net;
using System.Net.Sockets;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

[Collection(KernelEvents.OneAtATime)]
public sealed class SecurityHookTests
{
    [Fact]
    public void A_security_program_refuses()
    {
        HookGate.Require("lsm");
        using LoadedObject loaded = HookTest.Load("hook-lsm");
        loaded.AttachAll();
        Assert.Throws<SocketException>(Bind);
        Assert.NotEqual(0UL, loaded.Hits());
        loaded.Detach();
        Bind();
    }

    [Fact]
    public void A_security_program_may_sleep()
    {
        HookGate.Require("lsm_cgroup");
        using LoadedObject loaded = HookTest.Load("hook-lsm-sleepable");
        loaded.AttachAll();
        loaded.FiresOnlyWhileAttached(() => File.ReadAllText("/proc/self/comm"));
    }

    private static void Bind()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }
}
