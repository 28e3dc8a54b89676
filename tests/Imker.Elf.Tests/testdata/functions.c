/* Functions of every kind that a reader of symbol tables meets; built for several machines by build.sh. */

int first(int x)
{
	return x + 1;
}

int alias_of_first(int x) __attribute__((alias("first")));

__attribute__((weak)) int weak_one(int x)
{
	return x + 2;
}

static __attribute__((noinline, used)) int local_one(int x)
{
	return x * 3;
}

__attribute__((visibility("hidden"))) int hidden_one(int x)
{
	return local_one(x) + 4;
}

int data_object = 5;

int calls_all(int x)
{
	return first(x) + weak_one(x) + hidden_one(x) + data_object;
}

#ifdef __x86_64__
static int chosen(int x)
{
	return x + 6;
}

static void *resolver(void)
{
	return chosen;
}

int indirect(int x) __attribute__((ifunc("resolver")));

int versioned_old(int x)
{
	return x + 7;
}

int versioned_new(int x)
{
	return x + 8;
}

__asm__(".symver versioned_old, versioned@OLD");
__asm__(".symver versioned_new, versioned@@NEW");
__asm__(".globl without_size\n.type without_size, @function\nwithout_size:\n\tnop\n\tnop\n\tret\n");
#endif
