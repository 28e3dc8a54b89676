struct twice {
    int b, a;
};
struct twice *a;
unsigned long long_a;
