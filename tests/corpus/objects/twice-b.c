struct twice {
    int a, b;
};
struct twice *b;
