using System.Net;
using Imker.Objects;
using Xunit;

namespace Imker.Linux.Tests.Facts;

public sealed class NetworkNameFilesTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("imker-names-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Hosts_have_all_addresses_of_all_lines_with_their_name()
    {
        Write("hosts", "# a remark\n10.0.0.1 web www # another\n\n::1 web\n10.0.0.2\tWEB\nnonsense web\n");
        Assert.Equal([IPAddress.Parse("::1"), IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")], Names.Host("web"));
        Assert.Equal([IPAddress.Parse("10.0.0.1")], Names.Host("www"));
        Assert.Empty(Names.Host("mail"));
    }

    [Fact]
    public void Networks_are_numbers_with_zeros_for_what_is_not_written()
    {
        Write("networks", "loopback 127.0.0.0\nten 10 tenalias\nbad 1.2.3.4.5\n");
        Assert.Equal(0x7f00_0000u, Names.Network("loopback"));
        Assert.Equal(0x0a00_0000u, Names.Network("tenalias"));
        Assert.Null(Names.Network("bad"));
    }

    [Fact]
    public void Services_differ_by_protocol()
    {
        Write("services", "domain 53/tcp\ndomain 53/udp dns\nonly 7/udp\nbad 70000/tcp\n");
        Assert.Equal((ushort)53, Names.Service("domain", "tcp"));
        Assert.Equal((ushort)53, Names.Service("dns", "udp"));
        Assert.Null(Names.Service("only", "tcp"));
        Assert.Null(Names.Service("bad", "tcp"));
    }

    [Fact]
    public void Protocols_have_aliases()
    {
        Write("protocols", "ospf 89 OSPFIGP\ntoo 300\n");
        Assert.Equal((byte)89, Names.Protocol("OSPFIGP"));
        Assert.Null(Names.Protocol("too"));
    }

    [Fact]
    public void Ethernet_addresses_stand_before_their_host()
    {
        Write("ethers", "0:1:2:3:4:ff gate\n1:2:3 short\n");
        Assert.Equal(0x0001_0203_04fful, Names.EtherHost("gate"));
        Assert.Null(Names.EtherHost("short"));
    }

    [Fact]
    public void What_the_files_name_is_listed_by_its_first_name()
    {
        Write("hosts", "10.0.0.1 web www\nnonsense web\n10.0.0.2\n");
        Write("services", "domain 53/tcp dns\ndomain 53/udp\nbad 70000/tcp\nworse 1\n");
        Write("ethers", "0:1:2:3:4:ff gate\n1:2:3 short\n");
        Assert.Equal([(IPAddress.Parse("10.0.0.1"), "web")], Names.Hosts);
        Assert.Equal([((ushort)53, "tcp", "domain"), ((ushort)53, "udp", "domain")], Names.Services);
        Assert.Equal([(0x0001_0203_04fful, "gate")], Names.EtherHosts);
    }

    [Fact]
    public void A_file_that_is_not_there_knows_nothing()
    {
        Assert.Null(Names.Protocol("tcp"));
        Assert.Empty(Names.Names(NetworkNameKind.Host));
    }

    [Fact]
    public void A_pipe_in_the_place_of_a_file_does_not_hold_us_up()
    {
        using var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(directory, "hosts")]);
        make.WaitForExit();
        Assert.Empty(Names.Host("web"));
    }

    [Fact]
    public void All_names_of_a_database_are_listed()
    {
        Write("services", "ssh 22/tcp\nhttp 80/tcp www\n");
        Assert.Equal(["ssh", "http", "www"], Names.Names(NetworkNameKind.Service));
    }

    private NetworkNameFiles Names => new(directory);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(directory, name), text);
}
