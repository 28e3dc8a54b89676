namespace Imker.Verifier.Calls;

/// <summary>What may be called while a lock is held.</summary>
internal static class LockRules
{
    /// <summary>Lists and trees are changed under their lock only (kernel: <c>kfunc_spin_allowed</c>).</summary>
    public static bool MayCallUnderLock(string kfunc) => kfunc is "bpf_list_push_front_impl" or "bpf_list_push_back_impl" or "bpf_list_pop_front" or "bpf_list_pop_back"
        or "bpf_list_front" or "bpf_list_back" or "bpf_rbtree_add_impl" or "bpf_rbtree_remove" or "bpf_rbtree_first" or "bpf_rbtree_root" or "bpf_rbtree_left"
        or "bpf_rbtree_right" or "bpf_refcount_acquire_impl" or "bpf_iter_num_new" or "bpf_iter_num_next" or "bpf_iter_num_destroy"
        or "bpf_res_spin_lock" or "bpf_res_spin_unlock" or "bpf_res_spin_lock_irqsave" or "bpf_res_spin_unlock_irqrestore";
}
