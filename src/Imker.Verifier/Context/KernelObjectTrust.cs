namespace Imker.Verifier.Context;

/// <summary>How far a pointer in a kernel structure can be relied on.</summary>
internal enum FieldTrust
{
    None,
    Trusted,
    TrustedOrNull,
    Rcu,
    RcuOrNull,
}

/// <summary>The pointers in kernel structures that the kernel vouches for (kernel: <c>BTF_TYPE_SAFE_TRUSTED</c> and its like).</summary>
internal static class KernelObjectTrust
{
    public static FieldTrust Of(string structure, string field) => (structure, field) switch
    {
        ("task_struct", "cpus_ptr" or "real_parent" or "css_set" or "cgroups" or "group_leader") => FieldTrust.Rcu,
        ("task_struct", "last_wakee" or "user_cpus_ptr") => FieldTrust.RcuOrNull,
        ("css_set", "dfl_cgrp") => FieldTrust.Rcu,
        ("cgroup_subsys_state", "cgroup") => FieldTrust.Rcu,
        ("cgroup", "kn") => FieldTrust.Rcu,
        ("mm_struct", "exe_file") => FieldTrust.RcuOrNull,
        ("vm_area_struct", "vm_mm") => FieldTrust.RcuOrNull,
        ("sk_buff", "sk") or ("request_sock", "sk") => FieldTrust.RcuOrNull,
        ("bpf_iter_meta", "seq") => FieldTrust.Trusted,
        ("bpf_iter__task", "meta" or "task") => FieldTrust.Trusted,
        ("linux_binprm", "file") => FieldTrust.Trusted,
        ("file", "f_inode") => FieldTrust.Trusted,
        ("dentry", "d_inode") => FieldTrust.TrustedOrNull,
        ("socket", "sk") => FieldTrust.TrustedOrNull,
        ("vm_area_struct", "vm_file") => FieldTrust.TrustedOrNull,
        _ => FieldTrust.None,
    };
}
