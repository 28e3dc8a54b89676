// Generated from eng/tables/helpers.tsv by eng/Imker.TableGenerator; edit the table, not this file.
#pragma once

struct bpf_dynptr;
struct bpf_sock;
struct bpf_spin_lock;
struct bpf_tcp_sock;
struct bpf_timer;
struct cgroup;
struct file;
struct inode;
struct linux_binprm;
struct mptcp_sock;
struct path;
struct pt_regs;
struct seq_file;
struct sk_buff;
struct socket;
struct task_struct;
struct tcp6_sock;
struct tcp_request_sock;
struct tcp_sock;
struct tcp_timewait_sock;
struct udp6_sock;
struct unix_sock;
struct xdp_buff;

static void *(* const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1; // Linux 3.19
static long (* const bpf_map_update_elem)(void *map, const void *key, const void *value, __u64 flags) = (void *)2; // Linux 3.19
static long (* const bpf_map_delete_elem)(void *map, const void *key) = (void *)3; // Linux 3.19
static long (* const bpf_probe_read)(void *dst, __u32 size, const void *unsafe_ptr) = (void *)4; // Linux 4.1, GPL
static __u64 (* const bpf_ktime_get_ns)(void) = (void *)5; // Linux 4.1
static long (* const bpf_trace_printk)(const void *fmt, __u32 fmt_size, ...) = (void *)6; // Linux 4.1, GPL
static __u32 (* const bpf_get_prandom_u32)(void) = (void *)7; // Linux 4.1
static __u32 (* const bpf_get_smp_processor_id)(void) = (void *)8; // Linux 4.1
static long (* const bpf_skb_store_bytes)(void *skb, __u64 offset, const void *from, __u32 len, __u64 flags) = (void *)9; // Linux 4.1
static long (* const bpf_l3_csum_replace)(void *skb, __u64 offset, __u64 from, __u64 to, __u64 size) = (void *)10; // Linux 4.1
static long (* const bpf_l4_csum_replace)(void *skb, __u64 offset, __u64 from, __u64 to, __u64 flags) = (void *)11; // Linux 4.1
static void (* const bpf_tail_call)(void *ctx, void *prog_array_map, __u64 index) = (void *)12; // Linux 4.2
static long (* const bpf_clone_redirect)(void *skb, __u64 ifindex, __u64 flags) = (void *)13; // Linux 4.2
static __u64 (* const bpf_get_current_pid_tgid)(void) = (void *)14; // Linux 4.2
static __u64 (* const bpf_get_current_uid_gid)(void) = (void *)15; // Linux 4.2
static long (* const bpf_get_current_comm)(void *buf, __u32 size_of_buf) = (void *)16; // Linux 4.2
static __u32 (* const bpf_get_cgroup_classid)(void *skb) = (void *)17; // Linux 4.3
static long (* const bpf_skb_vlan_push)(void *skb, __u64 vlan_proto, __u64 vlan_tci) = (void *)18; // Linux 4.3
static long (* const bpf_skb_vlan_pop)(void *skb) = (void *)19; // Linux 4.3
static long (* const bpf_skb_get_tunnel_key)(void *skb, void *key, __u32 size, __u64 flags) = (void *)20; // Linux 4.3
static long (* const bpf_skb_set_tunnel_key)(void *skb, const void *key, __u32 size, __u64 flags) = (void *)21; // Linux 4.3
static __u64 (* const bpf_perf_event_read)(void *map, __u64 flags) = (void *)22; // Linux 4.3, GPL
static long (* const bpf_redirect)(__u64 ifindex, __u64 flags) = (void *)23; // Linux 4.4
static __u32 (* const bpf_get_route_realm)(void *skb) = (void *)24; // Linux 4.4
static long (* const bpf_perf_event_output)(void *ctx, void *map, __u64 flags, const void *data, __u32 size) = (void *)25; // Linux 4.4, GPL
static long (* const bpf_skb_load_bytes)(void *skb, __u64 offset, void *to, __u32 len) = (void *)26; // Linux 4.5
static long (* const bpf_get_stackid)(void *ctx, void *map, __u64 flags) = (void *)27; // Linux 4.6, GPL
static long (* const bpf_csum_diff)(const void *from, __u32 from_size, const void *to, __u32 to_size, __u64 seed) = (void *)28; // Linux 4.6
static long (* const bpf_skb_get_tunnel_opt)(void *skb, void *opt, __u32 size) = (void *)29; // Linux 4.6
static long (* const bpf_skb_set_tunnel_opt)(void *skb, const void *opt, __u32 size) = (void *)30; // Linux 4.6
static long (* const bpf_skb_change_proto)(void *skb, __u64 proto, __u64 flags) = (void *)31; // Linux 4.8
static long (* const bpf_skb_change_type)(void *skb, __u64 type) = (void *)32; // Linux 4.8
static long (* const bpf_skb_under_cgroup)(void *skb, void *map, __u64 index) = (void *)33; // Linux 4.8
static __u32 (* const bpf_get_hash_recalc)(void *skb) = (void *)34; // Linux 4.8
static __u64 (* const bpf_get_current_task)(void) = (void *)35; // Linux 4.8, GPL
static long (* const bpf_probe_write_user)(__u64 dst, const void *src, __u32 len) = (void *)36; // Linux 4.8, GPL
static long (* const bpf_current_task_under_cgroup)(void *map, __u64 index) = (void *)37; // Linux 4.9
static long (* const bpf_skb_change_tail)(void *skb, __u64 len, __u64 flags) = (void *)38; // Linux 4.9
static long (* const bpf_skb_pull_data)(void *skb, __u64 len) = (void *)39; // Linux 4.9
static long (* const bpf_csum_update)(void *skb, __u64 csum) = (void *)40; // Linux 4.9
static long (* const bpf_set_hash_invalid)(void *skb) = (void *)41; // Linux 4.9
static long (* const bpf_get_numa_node_id)(void) = (void *)42; // Linux 4.10
static long (* const bpf_skb_change_head)(void *skb, __u64 len, __u64 flags) = (void *)43; // Linux 4.10
static long (* const bpf_xdp_adjust_head)(void *xdp_md, __u64 delta) = (void *)44; // Linux 4.10
static long (* const bpf_probe_read_str)(void *dst, __u32 size, const void *unsafe_ptr) = (void *)45; // Linux 4.11, GPL
static __u64 (* const bpf_get_socket_cookie)(void *sk) = (void *)46; // Linux 4.12
static __u32 (* const bpf_get_socket_uid)(void *skb) = (void *)47; // Linux 4.12
static long (* const bpf_set_hash)(void *skb, __u64 hash) = (void *)48; // Linux 4.13
static long (* const bpf_setsockopt)(void *bpf_socket, __u64 level, __u64 optname, const void *optval, __u32 optlen) = (void *)49; // Linux 4.13
static long (* const bpf_skb_adjust_room)(void *skb, __u64 len_diff, __u64 mode, __u64 flags) = (void *)50; // Linux 4.13
static long (* const bpf_redirect_map)(void *map, __u64 key, __u64 flags) = (void *)51; // Linux 4.14
static long (* const bpf_sk_redirect_map)(void *skb, void *map, __u64 key, __u64 flags) = (void *)52; // Linux 4.14
static long (* const bpf_sock_map_update)(void *skops, void *map, const void *key, __u64 flags) = (void *)53; // Linux 4.14
static long (* const bpf_xdp_adjust_meta)(void *xdp_md, __u64 delta) = (void *)54; // Linux 4.15
static long (* const bpf_perf_event_read_value)(void *map, __u64 flags, void *buf, __u32 buf_size) = (void *)55; // Linux 4.15, GPL
static long (* const bpf_perf_prog_read_value)(void *ctx, void *buf, __u32 buf_size) = (void *)56; // Linux 4.15, GPL
static long (* const bpf_getsockopt)(void *bpf_socket, __u64 level, __u64 optname, void *optval, __u32 optlen) = (void *)57; // Linux 4.15
static long (* const bpf_override_return)(void *regs, __u64 rc) = (void *)58; // Linux 4.16, GPL
static long (* const bpf_sock_ops_cb_flags_set)(void *bpf_sock, __u64 argval) = (void *)59; // Linux 4.16
static long (* const bpf_msg_redirect_map)(void *msg, void *map, __u64 key, __u64 flags) = (void *)60; // Linux 4.17
static long (* const bpf_msg_apply_bytes)(void *msg, __u64 bytes) = (void *)61; // Linux 4.17
static long (* const bpf_msg_cork_bytes)(void *msg, __u64 bytes) = (void *)62; // Linux 4.17
static long (* const bpf_msg_pull_data)(void *msg, __u64 start, __u64 end, __u64 flags) = (void *)63; // Linux 4.17
static long (* const bpf_bind)(void *ctx, const void *addr, __u32 addr_len) = (void *)64; // Linux 4.17
static long (* const bpf_xdp_adjust_tail)(void *xdp_md, __u64 delta) = (void *)65; // Linux 4.18
static long (* const bpf_skb_get_xfrm_state)(void *skb, __u64 index, void *xfrm_state, __u32 size, __u64 flags) = (void *)66; // Linux 4.18
static long (* const bpf_get_stack)(void *ctx, void *buf, __u32 size, __u64 flags) = (void *)67; // Linux 4.18, GPL
static long (* const bpf_skb_load_bytes_relative)(void *skb, __u64 offset, void *to, __u32 len, __u64 start_header) = (void *)68; // Linux 4.18
static long (* const bpf_fib_lookup)(void *ctx, void *params, __u32 plen, __u64 flags) = (void *)69; // Linux 4.18, GPL
static long (* const bpf_sock_hash_update)(void *skops, void *map, const void *key, __u64 flags) = (void *)70; // Linux 4.18
static long (* const bpf_msg_redirect_hash)(void *msg, void *map, const void *key, __u64 flags) = (void *)71; // Linux 4.18
static long (* const bpf_sk_redirect_hash)(void *skb, void *map, const void *key, __u64 flags) = (void *)72; // Linux 4.18
static long (* const bpf_lwt_push_encap)(void *skb, __u64 type, const void *hdr, __u32 len) = (void *)73; // Linux 4.18
static long (* const bpf_lwt_seg6_store_bytes)(void *skb, __u64 offset, const void *from, __u32 len) = (void *)74; // Linux 4.18
static long (* const bpf_lwt_seg6_adjust_srh)(void *skb, __u64 offset, __u64 delta) = (void *)75; // Linux 4.18
static long (* const bpf_lwt_seg6_action)(void *skb, __u64 action, const void *param, __u32 param_len) = (void *)76; // Linux 4.18
static long (* const bpf_rc_repeat)(void *ctx) = (void *)77; // Linux 4.18, GPL
static long (* const bpf_rc_keydown)(void *ctx, __u64 protocol, __u64 scancode, __u64 toggle) = (void *)78; // Linux 4.18, GPL
static __u64 (* const bpf_skb_cgroup_id)(void *skb) = (void *)79; // Linux 4.18
static __u64 (* const bpf_get_current_cgroup_id)(void) = (void *)80; // Linux 4.18
static void *(* const bpf_get_local_storage)(void *map, __u64 flags) = (void *)81; // Linux 4.19
static long (* const bpf_sk_select_reuseport)(void *reuse, void *map, const void *key, __u64 flags) = (void *)82; // Linux 4.19
static __u64 (* const bpf_skb_ancestor_cgroup_id)(void *skb, __u64 ancestor_level) = (void *)83; // Linux 4.19
static struct bpf_sock *(* const bpf_sk_lookup_tcp)(void *ctx, const void *tuple, __u32 tuple_size, __u64 netns, __u64 flags) = (void *)84; // Linux 4.20
static struct bpf_sock *(* const bpf_sk_lookup_udp)(void *ctx, const void *tuple, __u32 tuple_size, __u64 netns, __u64 flags) = (void *)85; // Linux 4.20
static long (* const bpf_sk_release)(void *sock) = (void *)86; // Linux 4.20
static long (* const bpf_map_push_elem)(void *map, const void *value, __u64 flags) = (void *)87; // Linux 4.20
static long (* const bpf_map_pop_elem)(void *map, void *value) = (void *)88; // Linux 4.20
static long (* const bpf_map_peek_elem)(void *map, void *value) = (void *)89; // Linux 4.20
static long (* const bpf_msg_push_data)(void *msg, __u64 start, __u64 len, __u64 flags) = (void *)90; // Linux 4.20
static long (* const bpf_msg_pop_data)(void *msg, __u64 start, __u64 len, __u64 flags) = (void *)91; // Linux 5.0
static long (* const bpf_rc_pointer_rel)(void *ctx, __u64 rel_x, __u64 rel_y) = (void *)92; // Linux 5.0, GPL
static void (* const bpf_spin_lock)(struct bpf_spin_lock *lock) = (void *)93; // Linux 5.1
static void (* const bpf_spin_unlock)(struct bpf_spin_lock *lock) = (void *)94; // Linux 5.1
static struct bpf_sock *(* const bpf_sk_fullsock)(void *sk) = (void *)95; // Linux 5.1
static struct bpf_tcp_sock *(* const bpf_tcp_sock)(void *sk) = (void *)96; // Linux 5.1
static long (* const bpf_skb_ecn_set_ce)(void *skb) = (void *)97; // Linux 5.1
static struct bpf_sock *(* const bpf_get_listener_sock)(void *sk) = (void *)98; // Linux 5.1
static struct bpf_sock *(* const bpf_skc_lookup_tcp)(void *ctx, const void *tuple, __u32 tuple_size, __u64 netns, __u64 flags) = (void *)99; // Linux 5.2
static long (* const bpf_tcp_check_syncookie)(void *sk, const void *iph, __u32 iph_len, const void *th, __u32 th_len) = (void *)100; // Linux 5.2, GPL
static long (* const bpf_sysctl_get_name)(void *ctx, void *buf, __u32 buf_len, __u64 flags) = (void *)101; // Linux 5.2
static long (* const bpf_sysctl_get_current_value)(void *ctx, void *buf, __u32 buf_len) = (void *)102; // Linux 5.2
static long (* const bpf_sysctl_get_new_value)(void *ctx, void *buf, __u32 buf_len) = (void *)103; // Linux 5.2
static long (* const bpf_sysctl_set_new_value)(void *ctx, const void *buf, __u32 buf_len) = (void *)104; // Linux 5.2
static long (* const bpf_strtol)(const void *buf, __u32 buf_len, __u64 flags, void *res) = (void *)105; // Linux 5.2
static long (* const bpf_strtoul)(const void *buf, __u32 buf_len, __u64 flags, void *res) = (void *)106; // Linux 5.2
static void *(* const bpf_sk_storage_get)(void *map, void *sk, const void *value, __u64 flags) = (void *)107; // Linux 5.2
static long (* const bpf_sk_storage_delete)(void *map, void *sk) = (void *)108; // Linux 5.2
static long (* const bpf_send_signal)(__u64 sig) = (void *)109; // Linux 5.3
static __s64 (* const bpf_tcp_gen_syncookie)(void *sk, const void *iph, __u32 iph_len, const void *th, __u32 th_len) = (void *)110; // Linux 5.3, GPL
static long (* const bpf_skb_output)(struct sk_buff *ctx, void *map, __u64 flags, const void *data, __u32 size) = (void *)111; // Linux 5.5, GPL
static long (* const bpf_probe_read_user)(void *dst, __u32 size, const void *unsafe_ptr) = (void *)112; // Linux 5.5, GPL
static long (* const bpf_probe_read_kernel)(void *dst, __u32 size, const void *unsafe_ptr) = (void *)113; // Linux 5.5, GPL
static long (* const bpf_probe_read_user_str)(void *dst, __u32 size, const void *unsafe_ptr) = (void *)114; // Linux 5.5, GPL
static long (* const bpf_probe_read_kernel_str)(void *dst, __u32 size, const void *unsafe_ptr) = (void *)115; // Linux 5.5, GPL
static long (* const bpf_tcp_send_ack)(struct tcp_sock *tp, __u64 rcv_nxt) = (void *)116; // Linux 5.6
static long (* const bpf_send_signal_thread)(__u64 sig) = (void *)117; // Linux 5.6
static __u64 (* const bpf_jiffies64)(void) = (void *)118; // Linux 5.6
static long (* const bpf_read_branch_records)(void *ctx, void *buf, __u32 size, __u64 flags) = (void *)119; // Linux 5.7, GPL
static long (* const bpf_get_ns_current_pid_tgid)(__u64 dev, __u64 ino, void *nsdata, __u32 size) = (void *)120; // Linux 5.7
static long (* const bpf_xdp_output)(struct xdp_buff *ctx, void *map, __u64 flags, const void *data, __u32 size) = (void *)121; // Linux 5.7, GPL
static __u64 (* const bpf_get_netns_cookie)(void *ctx) = (void *)122; // Linux 5.7
static __u64 (* const bpf_get_current_ancestor_cgroup_id)(__u64 ancestor_level) = (void *)123; // Linux 5.7
static long (* const bpf_sk_assign)(void *ctx, void *sk, __u64 flags) = (void *)124; // Linux 5.7
static __u64 (* const bpf_ktime_get_boot_ns)(void) = (void *)125; // Linux 5.8
static long (* const bpf_seq_printf)(struct seq_file *m, const void *fmt, __u32 fmt_size, const void *data, __u32 data_len) = (void *)126; // Linux 5.8, GPL
static long (* const bpf_seq_write)(struct seq_file *m, const void *data, __u32 len) = (void *)127; // Linux 5.8, GPL
static __u64 (* const bpf_sk_cgroup_id)(void *sk) = (void *)128; // Linux 5.8
static __u64 (* const bpf_sk_ancestor_cgroup_id)(void *sk, __u64 ancestor_level) = (void *)129; // Linux 5.8
static long (* const bpf_ringbuf_output)(void *ringbuf, const void *data, __u32 size, __u64 flags) = (void *)130; // Linux 5.8
static void *(* const bpf_ringbuf_reserve)(void *ringbuf, __u64 size, __u64 flags) = (void *)131; // Linux 5.8
static void (* const bpf_ringbuf_submit)(void *data, __u64 flags) = (void *)132; // Linux 5.8
static void (* const bpf_ringbuf_discard)(void *data, __u64 flags) = (void *)133; // Linux 5.8
static __u64 (* const bpf_ringbuf_query)(void *ringbuf, __u64 flags) = (void *)134; // Linux 5.8
static long (* const bpf_csum_level)(void *skb, __u64 level) = (void *)135; // Linux 5.8
static struct tcp6_sock *(* const bpf_skc_to_tcp6_sock)(void *sk) = (void *)136; // Linux 5.9
static struct tcp_sock *(* const bpf_skc_to_tcp_sock)(void *sk) = (void *)137; // Linux 5.9
static struct tcp_timewait_sock *(* const bpf_skc_to_tcp_timewait_sock)(void *sk) = (void *)138; // Linux 5.9
static struct tcp_request_sock *(* const bpf_skc_to_tcp_request_sock)(void *sk) = (void *)139; // Linux 5.9
static struct udp6_sock *(* const bpf_skc_to_udp6_sock)(void *sk) = (void *)140; // Linux 5.9
static long (* const bpf_get_task_stack)(struct task_struct *task, void *buf, __u32 size, __u64 flags) = (void *)141; // Linux 5.9
static long (* const bpf_load_hdr_opt)(void *skops, void *searchby_res, __u32 len, __u64 flags) = (void *)142; // Linux 5.10
static long (* const bpf_store_hdr_opt)(void *skops, const void *from, __u32 len, __u64 flags) = (void *)143; // Linux 5.10
static long (* const bpf_reserve_hdr_opt)(void *skops, __u64 len, __u64 flags) = (void *)144; // Linux 5.10
static void *(* const bpf_inode_storage_get)(void *map, struct inode *inode, const void *value, __u64 flags) = (void *)145; // Linux 5.10
static long (* const bpf_inode_storage_delete)(void *map, struct inode *inode) = (void *)146; // Linux 5.10
static long (* const bpf_d_path)(struct path *path, void *buf, __u32 sz) = (void *)147; // Linux 5.10
static long (* const bpf_copy_from_user)(void *dst, __u32 size, const void *user_ptr) = (void *)148; // Linux 5.10, may sleep
static long (* const bpf_snprintf_btf)(void *str, __u32 str_size, const void *ptr, __u32 btf_ptr_size, __u64 flags) = (void *)149; // Linux 5.10
static long (* const bpf_seq_printf_btf)(struct seq_file *m, const void *ptr, __u32 ptr_size, __u64 flags) = (void *)150; // Linux 5.10, GPL
static __u64 (* const bpf_skb_cgroup_classid)(void *skb) = (void *)151; // Linux 5.10
static long (* const bpf_redirect_neigh)(__u64 ifindex, const void *params, __u32 plen, __u64 flags) = (void *)152; // Linux 5.10
static void *(* const bpf_per_cpu_ptr)(void *percpu_ptr, __u64 cpu) = (void *)153; // Linux 5.10
static void *(* const bpf_this_cpu_ptr)(void *percpu_ptr) = (void *)154; // Linux 5.10
static long (* const bpf_redirect_peer)(__u64 ifindex, __u64 flags) = (void *)155; // Linux 5.10
static void *(* const bpf_task_storage_get)(void *map, struct task_struct *task, const void *value, __u64 flags) = (void *)156; // Linux 5.11
static long (* const bpf_task_storage_delete)(void *map, struct task_struct *task) = (void *)157; // Linux 5.11
static struct task_struct *(* const bpf_get_current_task_btf)(void) = (void *)158; // Linux 5.11, GPL
static long (* const bpf_bprm_opts_set)(struct linux_binprm *bprm, __u64 flags) = (void *)159; // Linux 5.11
static __u64 (* const bpf_ktime_get_coarse_ns)(void) = (void *)160; // Linux 5.11
static long (* const bpf_ima_inode_hash)(struct inode *inode, void *dst, __u32 size) = (void *)161; // Linux 5.11, may sleep
static struct socket *(* const bpf_sock_from_file)(struct file *file) = (void *)162; // Linux 5.11
static long (* const bpf_check_mtu)(void *ctx, __u64 ifindex, void *mtu_len, __u64 len_diff, __u64 flags) = (void *)163; // Linux 5.12, GPL
static long (* const bpf_for_each_map_elem)(void *map, void *callback_fn, void *callback_ctx, __u64 flags) = (void *)164; // Linux 5.13
static long (* const bpf_snprintf)(void *str, __u32 str_size, const char *fmt, const void *data, __u32 data_len) = (void *)165; // Linux 5.13, GPL
static long (* const bpf_sys_bpf)(__u64 cmd, const void *attr, __u32 attr_size) = (void *)166; // Linux 5.14, may sleep
static long (* const bpf_btf_find_by_name_kind)(const void *name, __u32 name_sz, __u64 kind, __u64 flags) = (void *)167; // Linux 5.14, may sleep
static long (* const bpf_sys_close)(__u64 fd) = (void *)168; // Linux 5.14, may sleep
static long (* const bpf_timer_init)(struct bpf_timer *timer, void *map, __u64 flags) = (void *)169; // Linux 5.15, GPL
static long (* const bpf_timer_set_callback)(struct bpf_timer *timer, void *callback_fn) = (void *)170; // Linux 5.15, GPL
static long (* const bpf_timer_start)(struct bpf_timer *timer, __u64 nsecs, __u64 flags) = (void *)171; // Linux 5.15, GPL
static long (* const bpf_timer_cancel)(struct bpf_timer *timer) = (void *)172; // Linux 5.15, GPL
static __u64 (* const bpf_get_func_ip)(void *ctx) = (void *)173; // Linux 5.15, GPL
static __u64 (* const bpf_get_attach_cookie)(void *ctx) = (void *)174; // Linux 5.15
static struct pt_regs *(* const bpf_task_pt_regs)(struct task_struct *task) = (void *)175; // Linux 5.15, GPL
static long (* const bpf_get_branch_snapshot)(void *entries, __u32 size, __u64 flags) = (void *)176; // Linux 5.16, GPL
static long (* const bpf_trace_vprintk)(const void *fmt, __u32 fmt_size, const void *data, __u32 data_len) = (void *)177; // Linux 5.16, GPL
static struct unix_sock *(* const bpf_skc_to_unix_sock)(void *sk) = (void *)178; // Linux 5.16
static long (* const bpf_kallsyms_lookup_name)(void *name, __u32 name_sz, __u64 flags, void *res) = (void *)179; // Linux 5.16
static long (* const bpf_find_vma)(struct task_struct *task, __u64 addr, void *callback_fn, void *callback_ctx, __u64 flags) = (void *)180; // Linux 5.17
static long (* const bpf_loop)(__u64 nr_loops, void *callback_fn, void *callback_ctx, __u64 flags) = (void *)181; // Linux 5.17
static long (* const bpf_strncmp)(const void *s1, __u32 s1_sz, const char *s2) = (void *)182; // Linux 5.17
static long (* const bpf_get_func_arg)(void *ctx, __u64 n, void *value) = (void *)183; // Linux 5.17
static long (* const bpf_get_func_ret)(void *ctx, void *value) = (void *)184; // Linux 5.17
static __u64 (* const bpf_get_func_arg_cnt)(void *ctx) = (void *)185; // Linux 5.17
static long (* const bpf_get_retval)(void) = (void *)186; // Linux 5.18
static long (* const bpf_set_retval)(__u64 retval) = (void *)187; // Linux 5.18
static __u64 (* const bpf_xdp_get_buff_len)(void *xdp_md) = (void *)188; // Linux 5.18
static long (* const bpf_xdp_load_bytes)(void *xdp_md, __u64 offset, void *buf, __u32 len) = (void *)189; // Linux 5.18
static long (* const bpf_xdp_store_bytes)(void *xdp_md, __u64 offset, const void *buf, __u32 len) = (void *)190; // Linux 5.18
static long (* const bpf_copy_from_user_task)(void *dst, __u32 size, const void *user_ptr, struct task_struct *tsk, __u64 flags) = (void *)191; // Linux 5.18, GPL, may sleep
static long (* const bpf_skb_set_tstamp)(void *skb, __u64 tstamp, __u64 tstamp_type) = (void *)192; // Linux 5.18
static long (* const bpf_ima_file_hash)(struct file *file, void *dst, __u32 size) = (void *)193; // Linux 5.18, may sleep
static void *(* const bpf_kptr_xchg)(void *dst, void *ptr) = (void *)194; // Linux 5.19
static void *(* const bpf_map_lookup_percpu_elem)(void *map, const void *key, __u64 cpu) = (void *)195; // Linux 5.19
static struct mptcp_sock *(* const bpf_skc_to_mptcp_sock)(void *sk) = (void *)196; // Linux 5.19
static long (* const bpf_dynptr_from_mem)(void *data, __u32 size, __u64 flags, struct bpf_dynptr *ptr) = (void *)197; // Linux 5.19
static long (* const bpf_ringbuf_reserve_dynptr)(void *ringbuf, __u64 size, __u64 flags, struct bpf_dynptr *ptr) = (void *)198; // Linux 5.19
static void (* const bpf_ringbuf_submit_dynptr)(struct bpf_dynptr *ptr, __u64 flags) = (void *)199; // Linux 5.19
static void (* const bpf_ringbuf_discard_dynptr)(struct bpf_dynptr *ptr, __u64 flags) = (void *)200; // Linux 5.19
static long (* const bpf_dynptr_read)(void *dst, __u32 len, struct bpf_dynptr *src, __u64 offset, __u64 flags) = (void *)201; // Linux 5.19
static long (* const bpf_dynptr_write)(struct bpf_dynptr *dst, __u64 offset, const void *src, __u32 len, __u64 flags) = (void *)202; // Linux 5.19
static void *(* const bpf_dynptr_data)(struct bpf_dynptr *ptr, __u64 offset, __u64 len) = (void *)203; // Linux 5.19
static long (* const bpf_tcp_raw_gen_syncookie_ipv4)(const void *iph, void *th, __u32 th_len) = (void *)204; // Linux 6.0, GPL
static long (* const bpf_tcp_raw_gen_syncookie_ipv6)(const void *iph, void *th, __u32 th_len) = (void *)205; // Linux 6.0, GPL
static long (* const bpf_tcp_raw_check_syncookie_ipv4)(const void *iph, const void *th) = (void *)206; // Linux 6.0, GPL
static long (* const bpf_tcp_raw_check_syncookie_ipv6)(const void *iph, const void *th) = (void *)207; // Linux 6.0, GPL
static __u64 (* const bpf_ktime_get_tai_ns)(void) = (void *)208; // Linux 6.1
static long (* const bpf_user_ringbuf_drain)(void *map, void *callback_fn, void *ctx, __u64 flags) = (void *)209; // Linux 6.1
static void *(* const bpf_cgrp_storage_get)(void *map, struct cgroup *cgroup, const void *value, __u64 flags) = (void *)210; // Linux 6.2
static long (* const bpf_cgrp_storage_delete)(void *map, struct cgroup *cgroup) = (void *)211; // Linux 6.2
