using Imker.TestKit;

namespace Imker.Linux.Tests.Cgroups;

public sealed class CgroupTreeTests
{
    [Fact]
    public void The_mount_of_the_whole_unified_hierarchy_is_found()
    {
        const string Mounts = "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw\n32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
            + "40 31 0:38 /part /mnt/part rw - cgroup2 cgroup2 rw\n41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:4 - cgroup2 cgroup2 rw\n";
        Assert.Equal("/sys/fs/cgroup/unified", CgroupTree.MountPoint(Mounts));
        Assert.Null(CgroupTree.MountPoint("32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\nx\n"));
    }

    [Fact]
    public void A_cgroup_has_the_same_path_where_the_hierarchy_is_mounted_and_where_it_is_not()
    {
        Machine.RequireRoot();
        using var cgroup = new TemporaryCgroup();
        using CgroupTree mounted = CgroupTree.Open(), detached = CgroupTree.OpenDetached();
        Assert.Equal(cgroup.Path, mounted.FindPath(cgroup.Id));
        Assert.Equal(cgroup.Path, detached.FindPath(cgroup.Id));
        Assert.Null(detached.FindPath(ulong.MaxValue));
    }
}
