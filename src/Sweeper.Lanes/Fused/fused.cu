// Trains a network in one block of threads: its numbers, units and errors stay in shared memory for all steps.
//
// In front of this text stands what FusedSource writes: the type Number, the shape of the network, where everything lies, and who does what.
// No sum is shared by threads. Every number is made by one thread in the order of the lanes engine, and so has its bits: products are ascending
// sums of fused multiply-adds; gradients are summed in tiles of examples, each from zero, and the tiles in order; an update is the same
// sequence of roundings. How the work is cut changes no bit. Compiled without contraction (-fmad=false): what is fused is written so.

#define DEVICE static __device__ __forceinline__

// Four neighbouring examples.
struct __align__(16) Four { Number of[4]; };

// What all blocks are given; FusedArguments is the same in C#.
struct Training {
    Number* numbers; Number* first; Number* second;      // [lanes][SIZE]
    const Number* mask;                                  // the same, or null
    const Number* inputs; const Number* targets;         // [lanes or 1][examples][INPUTS], [OUTPUTS]
    long long inputsOfLane, targetsOfLane;               // 0 where lanes share them
    const int* lanes;                                    // the lane of each block
    const Number* rates; const Number* decays; const Number* momenta;   // of each lane
    const Number* settings;                              // [steps][SETTINGS]
    const int* counts;                                   // examples of each step
    const int* orders;                                   // [steps][orderCount][batch]; null for all examples in order
    const int* orderOf;                                  // of each lane
    Number* gradients;                                   // [blocks][SIZE], where shared memory has no room for them (IS_OUTSIDE)
    int orderCount, batch, steps, isStill;               // isStill: every step sees the same examples, in one chunk
};

// Places in settings. SLOPE: of squared errors; for other losses, the number of examples.
enum { FACTOR, SLOPE, CORRECTION, SCALE, SETTINGS };

DEVICE float multiply_add(float a, float b, float c) { return __fmaf_rn(a, b, c); }
DEVICE double multiply_add(double a, double b, double c) { return __fma_rn(a, b, c); }
DEVICE float quotient(float a, float b) { return __fdiv_rn(a, b); }
DEVICE double quotient(double a, double b) { return __ddiv_rn(a, b); }
DEVICE float root(float a) { return __fsqrt_rn(a); }
DEVICE double root(double a) { return __dsqrt_rn(a); }

// 2^k, where k stands in the last bits.
DEVICE float power_of_two(float shifted) { return __int_as_float((int)((unsigned)__float_as_int(shifted) << 23) + 0x3f800000); }
DEVICE double power_of_two(double shifted) {
    return __longlong_as_double((long long)((unsigned long long)__double_as_longlong(shifted) << 52) + 0x3ff0000000000000LL);
}

// exp(x) of an x that is not positive.
DEVICE Number exponential(Number x) {
    const Number shifted = multiply_add(x, EXP_INVERSE, EXP_SHIFT), whole = shifted - EXP_SHIFT;
    const Number rest = multiply_add(-whole, EXP_LOW, multiply_add(-whole, EXP_HIGH, x));
    const Number sum = exp_polynomial(rest);
    return EXP_LEAST > x ? (Number)0 : sum * power_of_two(shifted);
}

// 1 / (1 + exp(x)).
DEVICE Number sigmoid_of_minus(Number x) {
    const Number small = exponential(x > (Number)0 ? -x : x);
    return quotient(x > (Number)0 ? small : (Number)1, (Number)1 + small);
}

// Error of an output, from all but cross-entropy.
DEVICE Number error_of(Number made, Number wanted, Number slope) {
    if constexpr (IS_MARGINS) return quotient(sigmoid_of_minus(made * wanted) * wanted, -slope);
    else return (made - wanted) * slope;
}

DEVICE Number activated(Number z) { return z > (Number)0 ? z : z * LEAK; }
DEVICE Number sloped(Number error, Number unit) { return unit > (Number)0 ? error : error * LEAK; }
DEVICE const Four& four(const Number* at) { return *(const Four*)at; }

// Units that a layer takes.
template<int L> DEVICE const Number* arriving(const Number* shared) {
    if constexpr (L == 0) return shared + INPUTS_AT;
    else return shared + Layer<L - 1>::UNITS;
}

// Errors of a layer's outputs; the two buffers take turns.
template<int L, class N> DEVICE N* errors_of(N* shared) { return shared + ((DEPTH - 1 - L) % 2 == 0 ? ERRORS_AT : OTHER_ERRORS_AT); }

// Rows are taken BY at once. Where they do not come out even, the last one is computed again in place of those that are missing.
template<int MANY, int BY> DEVICE int inside(int place) { return MANY % BY == 0 || place < MANY ? place : MANY - 1; }

// Brings a chunk of examples together, [unit][example].
DEVICE void bring(const Number* rows, int width, const int* order, int from, int count, Number* to) {
    for (int task = threadIdx.x; task < CHUNK * width; task += THREADS) {
        const int example = task / width, number = task % width;
        const long long row = example >= count ? 0 : order ? order[from + example] : from + example;
        to[number * STRIDE + example] = example < count ? rows[row * width + number] : (Number)0;
    }
}

// Outputs of a layer, and of the last one, for squared errors, their errors.
template<int L> DEVICE void forward(Number* shared, Number slope) {
    using Y = Layer<L>;
    constexpr bool IS_ERROR = L == DEPTH - 1 && !IS_CLASSES;
    constexpr int ROWS = Y::FORWARD_ROWS, TASKS = (Y::OUT + ROWS - 1) / ROWS * QUADS;
    const Number* const weights = shared + WEIGHTS_AT + Y::FIRST;
    Number* const to = IS_ERROR ? errors_of<L>(shared) : shared + Y::UNITS;
    for (int task = threadIdx.x; task < TASKS; task += THREADS) {
        const int row = task / QUADS * ROWS, example = task % QUADS * 4;
        const Number* from = arriving<L>(shared) + example;
        Number sum[ROWS][4];
        #pragma unroll
        for (int r = 0; r < ROWS; r++)
            #pragma unroll
            for (int k = 0; k < 4; k++) sum[r][k] = HAS_BIAS ? weights[Y::OUT * Y::IN + inside<Y::OUT, ROWS>(row + r)] : (Number)0;
        int column = 0;
        if constexpr (Y::IN % 4 == 0 && Y::FIRST % 4 == 0) {
            for (; column < Y::IN; column += 4) {
                Four weight[ROWS];
                #pragma unroll
                for (int r = 0; r < ROWS; r++) weight[r] = four(weights + inside<Y::OUT, ROWS>(row + r) * Y::IN + column);
                #pragma unroll
                for (int c = 0; c < 4; c++, from += STRIDE) {
                    const Four units = four(from);
                    #pragma unroll
                    for (int r = 0; r < ROWS; r++)
                        #pragma unroll
                        for (int k = 0; k < 4; k++) sum[r][k] = multiply_add(weight[r].of[c], units.of[k], sum[r][k]);
                }
            }
        }
        #pragma unroll 4
        for (; column < Y::IN; column++, from += STRIDE) {
            const Four units = four(from);
            #pragma unroll
            for (int r = 0; r < ROWS; r++) {
                const Number weight = weights[inside<Y::OUT, ROWS>(row + r) * Y::IN + column];
                #pragma unroll
                for (int k = 0; k < 4; k++) sum[r][k] = multiply_add(weight, units.of[k], sum[r][k]);
            }
        }
        #pragma unroll
        for (int r = 0; r < ROWS; r++) {
            if (row + r >= Y::OUT) break;
            Four made;
            #pragma unroll
            for (int k = 0; k < 4; k++) made.of[k] = Y::HAS_ACTIVATION ? activated(sum[r][k]) : sum[r][k];
            if constexpr (IS_ERROR) {
                const Four wanted = four(shared + TARGETS_AT + (row + r) * STRIDE + example);
                #pragma unroll
                for (int k = 0; k < 4; k++) {
                    const Number error = error_of(made.of[k], wanted.of[k], slope);
                    made.of[k] = Y::HAS_ACTIVATION ? sloped(error, made.of[k]) : error;
                }
            }
            *(Four*)(to + (row + r) * STRIDE + example) = made;
        }
    }
    __syncthreads();
    if constexpr (L + 1 < DEPTH) forward<L + 1>(shared, slope);
}

// (softmax of the outputs - target) / n, an example a thread. The largest output is subtracted first; sums run over units in order.
DEVICE void errors_of_classes(Number* shared, int count, Number slope) {
    using Y = Layer<DEPTH - 1>;
    for (int example = threadIdx.x; example < count; example += THREADS) {
        const Number* const made = shared + Y::UNITS + example;
        const Number* const wanted = shared + TARGETS_AT + example;
        Number* const error = errors_of<DEPTH - 1>(shared) + example;
        Number most = made[0], sum = 0;
        for (int row = 1; row < Y::OUT; row++) most = made[row * STRIDE] > most ? made[row * STRIDE] : most;
        for (int row = 0; row < Y::OUT; row++) {
            const Number weight = exponential(made[row * STRIDE] - most);
            error[row * STRIDE] = weight;
            sum = sum + weight;
        }
        for (int row = 0; row < Y::OUT; row++) {
            const Number value = quotient(quotient(error[row * STRIDE], sum) - wanted[row * STRIDE], slope);
            error[row * STRIDE] = Y::HAS_ACTIVATION ? sloped(value, made[row * STRIDE]) : value;
        }
    }
    __syncthreads();
}

// Errors of the units that a layer takes, from those of its outputs.
template<int L> DEVICE void pass_back(Number* shared, int task) {
    using Y = Layer<L>;
    constexpr int ROWS = Y::BACK_ROWS;
    const int column = task / QUADS * ROWS, example = task % QUADS * 4;
    const Number* const weights = shared + WEIGHTS_AT + Y::FIRST;
    const Number* error = errors_of<L>(shared) + example;
    Number sum[ROWS][4];
    #pragma unroll
    for (int r = 0; r < ROWS; r++)
        #pragma unroll
        for (int k = 0; k < 4; k++) sum[r][k] = (Number)0;
    #pragma unroll 4
    for (int row = 0; row < Y::OUT; row++, error += STRIDE) {
        const Four errors = four(error);
        #pragma unroll
        for (int r = 0; r < ROWS; r++) {
            const Number weight = weights[row * Y::IN + inside<Y::IN, ROWS>(column + r)];
            #pragma unroll
            for (int k = 0; k < 4; k++) sum[r][k] = multiply_add(weight, errors.of[k], sum[r][k]);
        }
    }
    #pragma unroll
    for (int r = 0; r < ROWS; r++) {
        if (column + r >= Y::IN) break;
        const int at = (column + r) * STRIDE + example;
        Four made;
        #pragma unroll
        for (int k = 0; k < 4; k++) {
            made.of[k] = Layer<L - 1>::HAS_ACTIVATION ? sloped(sum[r][k], (shared + Layer<L - 1>::UNITS)[at + k]) : sum[r][k];
        }
        *(Four*)(errors_of<L - 1>(shared) + at) = made;
    }
}

// A block of a matrix's gradient: of one tile (SLOTS > 1: tiles are joined later), or of all of them, one behind the other.
template<int L> DEVICE void differentiate(const Number* shared, Number* gradients, int task, int count, bool isFirst) {
    using Y = Layer<L>;
    constexpr int ROWS = Y::GRADIENT_ROWS, COLUMNS = Y::GRADIENT_COLUMNS;
    constexpr int ACROSS = (Y::IN + COLUMNS - 1) / COLUMNS, BLOCKS = (Y::OUT + ROWS - 1) / ROWS * ACROSS;
    const int slot = task / BLOCKS, row = task % BLOCKS / ACROSS * ROWS, column = task % ACROSS * COLUMNS;
    const int tiles = (count + TILE - 1) / TILE;
    if (SLOTS > 1 && slot >= tiles) return;
    const Number* const errors = errors_of<L>(shared);
    const Number* const units = arriving<L>(shared);
    Number* const parts = gradients + slot * SIZE + Y::FIRST;
    Number total[ROWS][COLUMNS];
    for (int tile = slot; tile < (SLOTS > 1 ? slot + 1 : tiles); tile++) {
        Number sum[ROWS][COLUMNS];
        #pragma unroll
        for (int r = 0; r < ROWS; r++)
            #pragma unroll
            for (int c = 0; c < COLUMNS; c++) sum[r][c] = (Number)0;
        const int begin = tile * TILE, end = count < begin + TILE ? count : begin + TILE;
        int example = begin;
        for (; example + 4 <= end; example += 4) {
            Four d[ROWS];
            #pragma unroll
            for (int r = 0; r < ROWS; r++) d[r] = four(errors + inside<Y::OUT, ROWS>(row + r) * STRIDE + example);
            #pragma unroll
            for (int c = 0; c < COLUMNS; c++) {
                const Four u = four(units + inside<Y::IN, COLUMNS>(column + c) * STRIDE + example);
                #pragma unroll
                for (int k = 0; k < 4; k++)
                    #pragma unroll
                    for (int r = 0; r < ROWS; r++) sum[r][c] = multiply_add(d[r].of[k], u.of[k], sum[r][c]);
            }
        }
        for (; example < end; example++)
            #pragma unroll
            for (int r = 0; r < ROWS; r++)
                #pragma unroll
                for (int c = 0; c < COLUMNS; c++)
                    sum[r][c] = multiply_add(
                        errors[inside<Y::OUT, ROWS>(row + r) * STRIDE + example], units[inside<Y::IN, COLUMNS>(column + c) * STRIDE + example], sum[r][c]);
        #pragma unroll
        for (int r = 0; r < ROWS; r++)
            #pragma unroll
            for (int c = 0; c < COLUMNS; c++) {
                if (SLOTS > 1 || (isFirst && tile == 0)) total[r][c] = sum[r][c];
                else {
                    const Number before = tile > 0 ? total[r][c] : parts[inside<Y::OUT, ROWS>(row + r) * Y::IN + inside<Y::IN, COLUMNS>(column + c)];
                    total[r][c] = before + sum[r][c];
                }
            }
    }
    #pragma unroll
    for (int r = 0; r < ROWS; r++)
        #pragma unroll
        for (int c = 0; c < COLUMNS; c++)
            if (row + r < Y::OUT && column + c < Y::IN) parts[(row + r) * Y::IN + column + c] = total[r][c];
}

// The same of a bias: the sums of the errors themselves.
template<int L> DEVICE void differentiate_bias(const Number* shared, Number* gradients, int task, int count, bool isFirst) {
    using Y = Layer<L>;
    const int slot = task / Y::OUT, row = task % Y::OUT, tiles = (count + TILE - 1) / TILE;
    if (SLOTS > 1 && slot >= tiles) return;
    const Number* const errors = errors_of<L>(shared) + row * STRIDE;
    Number* const part = gradients + slot * SIZE + Y::FIRST + Y::OUT * Y::IN + row;
    for (int tile = slot; tile < (SLOTS > 1 ? slot + 1 : tiles); tile++) {
        Number sum = 0;
        for (int example = tile * TILE; example < count && example < (tile + 1) * TILE; example++) sum = sum + errors[example];
        *part = SLOTS > 1 || (isFirst && tile == 0) ? sum : *part + sum;
    }
}

// Gradients of a layer's numbers and errors of the units before it, then the layers before it.
template<int L> DEVICE void backward(Number* shared, Number* gradients, int count, bool isFirst) {
    using Y = Layer<L>;
    constexpr int BACK = L == 0 ? 0 : (Y::IN + Y::BACK_ROWS - 1) / Y::BACK_ROWS * QUADS;
    constexpr int DOWN = (Y::OUT + Y::GRADIENT_ROWS - 1) / Y::GRADIENT_ROWS, ACROSS = (Y::IN + Y::GRADIENT_COLUMNS - 1) / Y::GRADIENT_COLUMNS;
    constexpr int MATRIX = DOWN * ACROSS * SLOTS;
    constexpr int BIASES = HAS_BIAS ? Y::OUT * SLOTS : 0;
    for (int task = threadIdx.x; task < BACK + MATRIX + BIASES; task += THREADS) {
        if constexpr (L > 0) {
            if (task < BACK) { pass_back<L>(shared, task); continue; }
        }
        if (task < BACK + MATRIX) differentiate<L>(shared, gradients, task - BACK, count, isFirst);
        else differentiate_bias<L>(shared, gradients, task - BACK - MATRIX, count, isFirst);
    }
    __syncthreads();
    if constexpr (L > 0) backward<L - 1>(shared, gradients, count, isFirst);
}

// What a gradient changes of a number, and of its moments, which lie outside of the block.
DEVICE Number changed(const Training& training, const Number* now, int lane, long long at, Number p, Number g) {
    if (training.mask) g = g * training.mask[at];
    if constexpr (IS_ADAM) {
        const Number rate = training.rates[lane];
        if constexpr (HAS_DECAY) {
            const Number decay = training.decays[lane];
            if constexpr (IS_DECOUPLED) p = p * ((Number)1 - rate * decay * now[FACTOR]);
            else g = multiply_add(p, decay, g);
        }
        const Number m = multiply_add(g, (Number)1 - BETA1, training.first[at] * BETA1);
        const Number v = multiply_add(g * g, (Number)1 - BETA2, training.second[at] * BETA2);
        training.first[at] = m;
        training.second[at] = v;
        const Number spread = multiply_add(root(v), now[CORRECTION], EPSILON);
        return multiply_add(quotient(m, spread), -(rate * now[SCALE]), p);
    } else {
        if constexpr (HAS_DECAY) g = multiply_add(p, training.decays[lane], g);
        if constexpr (HAS_MOMENTUM) {
            g = multiply_add(training.first[at], training.momenta[lane], g);
            training.first[at] = g;
        }
        return multiply_add(g, -(training.rates[lane] * now[FACTOR]), p);
    }
}

// Joins the tiles of a chunk with those before, and behind the last one changes the numbers.
DEVICE void conclude(
    const Training& training, const Number* now, int lane, Number* shared, const Number* gradients, int count, bool isFirst, bool isLast) {
    const int tiles = (count + TILE - 1) / TILE;
    for (int number = threadIdx.x; number < SIZE; number += THREADS) {
        const Number* const part = gradients + number;
        Number g = part[0];
        if constexpr (SLOTS > 1) {
            Number* const gradient = shared + GRADIENT_AT + number;
            if (!isFirst) g = *gradient + g;
            for (int tile = 1; tile < tiles; tile++) g = g + part[tile * SIZE];
            if (!isLast) *gradient = g;
        }
        if (isLast) {
            Number& p = shared[WEIGHTS_AT + number];
            p = changed(training, now, lane, (long long)lane * SIZE + number, p, g);
        }
    }
    __syncthreads();
}

extern "C" __global__ void __launch_bounds__(THREADS) train(const Training training) {
    extern __shared__ __align__(16) unsigned char memory[];
    Number* const shared = (Number*)memory;
    const int lane = training.lanes[blockIdx.x];
    Number* const numbers = training.numbers + (long long)lane * SIZE;
    Number* const gradients = IS_OUTSIDE ? training.gradients + (long long)blockIdx.x * SIZE : shared + PARTS_AT;
    for (int number = threadIdx.x; number < SIZE; number += THREADS) shared[WEIGHTS_AT + number] = numbers[number];
    for (int step = 0; step < training.steps; step++) {
        const Number* const now = training.settings + step * SETTINGS;
        const int all = training.counts[step];
        const int* const order =
            training.orders ? training.orders + ((long long)step * training.orderCount + training.orderOf[lane]) * training.batch : nullptr;
        for (int from = 0; from < all; from += CHUNK) {
            const int count = all - from < CHUNK ? all - from : CHUNK;
            if (step == 0 || !training.isStill) {
                bring(training.inputs + lane * training.inputsOfLane, INPUTS, order, from, count, shared + INPUTS_AT);
                bring(training.targets + lane * training.targetsOfLane, OUTPUTS, order, from, count, shared + TARGETS_AT);
                __syncthreads();
            }
            forward<0>(shared, now[SLOPE]);
            if constexpr (IS_CLASSES) errors_of_classes(shared, count, now[SLOPE]);
            backward<DEPTH - 1>(shared, gradients, count, from == 0);
            conclude(training, now, lane, shared, gradients, count, from == 0, from + CHUNK >= all);
        }
    }
    for (int number = threadIdx.x; number < SIZE; number += THREADS) numbers[number] = shared[WEIGHTS_AT + number];
}
