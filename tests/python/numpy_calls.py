# SPDX-License-Identifier: BSD-3-Clause
"""Calls of Python and NumPy that must do the same with a deed.Array as with an ndarray: a call a line.

Names: x, y float64 (3, 4). q float64 (4, 4), can be inverted. v, w float64 (5,). n as x with NaN.
i, j int64 (5,). b bool (5,). m bool (3, 4). c complex128 (4,). h float32 (3, 4). s S3 (4,). u U3 (4,).
z float64 (), zi int64 (). e float64 (0, 4). To write to: o (3, 4), row (4,), column (3,), five (5,),
square (4, 4), number (), ten (10,), whole int64 (3, 4), mask bool (3, 4), wave complex128 (5,). What is in
all of them afterwards is compared.
"""

from __future__ import annotations

INDEXING = """
v[0]
v[-1]
v[np.int64(2)]
v[np.uint8(2)]
v[zi]
v[np.array(1)]
v[5]
v[-6]
x[1, 2]
x[-1, -1]
x[1]
x[1, ...]
x[..., 1]
x[1, 2, ...]
x[1, 2, 3]
x[..., ...]
x[()]
x[...]
x[1:, ::-2]
x[:, 1]
x[None]
x[:, None]
x[..., None]
x[None, 1, None, 2]
x[np.newaxis, :, 1:3, np.newaxis]
v[:, None].strides, x[None].strides, x[:, None, ::2].strides
v[None, ::2].shape
z[()]
z[...]
z[0]
z[None]
i[1]
b[1]
c[1]
s[1]
u[1]
h[1, 1]
e[0]
e[:, 1]
x[2**70]
len(x), len(e)
len(z)
v[0], v[1] = v[1], v[0]
x[0, 0], x[1, 1] = x[1, 1], x[0, 0]
t = v[0]; t += 10; r = t
x[1, 2] = 7
x[1, 2] = v[3]
x[1] = x[0]
x[1:] = x[:-1]
x[m] = -1
v[i] = 3
v[b] = w[:3]
v[[0, 2]] = w[:2]
x[:, None][1] = 5
x[0, 0] = 'a'
x[0] = v
x[7] = 1
i[0] = 2.5
del v[0]
"""

ITERATION = """
list(v)
[type(k).__name__ for k in v]
[row.shape for row in x]
list(z)
list(e)
iter(z)
list(reversed(v))
sorted(v)
sorted(v, reverse=True)
max(v), min(v), sum(v)
t = max(v); v += 100; r = t
set(i) == {0, 1, 3, 4}
{k: k for k in i}[np.int64(3)]
hash(v[1]) == hash(float(v[1]))
hash(v)
3 in i
9 in i
w[1] in x
statistics.mean(v)
statistics.median(v)
statistics.stdev(v)
bisect.bisect(sorted(v), v[2])
bisect.bisect(i[3:], 2)
random.Random(3).shuffle(v)
np.random.RandomState(3).shuffle(v)
np.random.RandomState(3).permutation(v)
np.random.default_rng(3).shuffle(v)
np.random.default_rng(3).permutation(x)
np.random.default_rng(3).choice(v, 3)
random.Random(3).choice(v)
random.Random(3).sample(sorted(v), 2)
f'{v[0]:.2f}'
f'{z:8.3f}'
f'{zi:04d}'
f'{z}'
f'{x:.2f}'
format(v[1], 'e')
'%d %.1f' % (zi, z)
round(v[1]), round(v[1], 1)
divmod(v[1], 2), divmod(v, 2)
math.floor(v[1]), math.ceil(v[1]), math.trunc(v[1])
math.floor(z), math.sqrt(z)
complex(z), complex(c[1]), complex(v[:1])
complex(v)
float(z), int(z), bool(z)
float(v)
int(v)
float(i[:2])
bool(v)
bool(e)
operator.index(zi)
operator.index(z)
operator.index(i)
operator.index(i[:1])
[10, 20, 30, 40][zi]
list(range(zi))
'ab' * zi
[7] * i[1]
hex(zi), chr(zi + 60)
bytes(i[:2]) == i.__array__()[:2].tobytes()
list(zip(v, w))
list(enumerate(v))
dict(zip(i, v))
tuple(x[0])
a0, *rest = v; r = a0
any(b), all(b), any(v > 2)
functools.reduce(operator.add, v)
math.fsum(v), math.prod(v)
heapq.nlargest(2, v)
itertools.accumulate(v).__class__.__name__, list(itertools.accumulate(v))
json.dumps([float(k) for k in v])
isinstance(v[0], float), isinstance(v[0], numbers.Real)
copy.copy(x)
copy.deepcopy(x)
pickle.loads(pickle.dumps(x))
memoryview(x).shape, memoryview(x).format
bytes(v)
"""

OPERATORS = """
x + y
x - 1
2 * x
x @ q
q @ x
v @ w
x / y
x // 2
x % 3
x ** 2
2 ** x
-x, +x, abs(x)
~i, ~b
i << 1, i >> 1, i & j, i | j, i ^ j
b & b, b | b, b ^ True
x < y, x <= y, x == y, x != y, x > y, x >= y
x == 'a'
x == v
x + v
i ** -1
pow(i, 2, 3)
x += 1
x -= y
x *= v[:4]
x /= 2
x //= 2
x %= 2
x **= 2
i <<= 1
i >>= 1
i &= j
i |= j
i ^= 1
i += 0.5
i /= 2
x += v
x += x[::-1]
x @= q
x @= x
q @= q
q @= x
v @= q
q @= 2
b += 1
x += [1, 2, 3, 4]
v += np.matrix([1., 2, 3, 4, 5])
v += np.ma.masked_array(w, w > 1)
z += 1
np.arange(4.) + row
r = np.ones((3, 4)); r += x
r = np.ones((4, 4)); r @= q
"""

REDUCTIONS = """
np.sum(x)
np.sum(x, axis=0)
np.sum(x, axis=0, out=row)
np.sum(x, axis=1, out=column)
np.sum(x, axis=1, keepdims=True)
np.sum(x, out=number)
np.sum(x, axis=0, where=m, out=row)
x.__array__().sum(axis=0, out=row)
x.__array__().mean(axis=0, out=row)
x.__array__().var(axis=1, out=column)
x.__array__().std(axis=1, out=column)
x.__array__().max(axis=1, out=column)
x.__array__().clip(1, 2, out=o)
np.prod(x, axis=0, out=row)
np.mean(x)
np.mean(x, axis=0)
np.mean(x, axis=0, out=row)
np.mean(x, axis=1, out=column)
np.mean(x, out=number)
np.mean(x, axis=0, out=row, where=x > 1)
np.mean(x, axis=0, keepdims=True, out=o[:1])
np.mean(h, axis=0, dtype='f4', out=row)
np.mean(x, axis=0, out=whole[0])
np.var(x, axis=0, out=row)
np.var(x, axis=1, ddof=1, out=column)
np.std(x, axis=0, out=row)
np.std(x, axis=0, where=m, out=row)
np.std(x, out=number)
np.median(x)
np.median(x, axis=0, out=row)
np.median(x, axis=1, out=column)
np.median(x, out=number)
np.median(n, axis=0, out=row)
np.median(x, axis=0, overwrite_input=True)
np.percentile(x, 30)
np.percentile(x, 30, axis=0, out=row)
np.percentile(x, [20, 80], axis=1, out=o[:2, :3])
np.quantile(x, 0.3, axis=1, out=column)
np.ptp(x, axis=0, out=row)
np.average(x, axis=0, weights=column + 1)
np.nansum(n, axis=0, out=row)
np.nanprod(n, axis=0, out=row)
np.nanmean(n, axis=0, out=row)
np.nanmean(n, axis=1, out=column)
np.nanvar(n, axis=0, out=row)
np.nanstd(n, axis=0, out=row)
np.nanstd(n)
np.nanmedian(n, axis=0, out=row)
np.nanmax(n, axis=0, out=row)
np.nanmin(n, axis=1, out=column)
np.nanpercentile(n, 40, axis=0, out=row)
np.nanquantile(n, 0.4, axis=1, out=column)
np.nanargmax(n, axis=0)
np.max(x, axis=0, out=row)
np.min(x, axis=1, initial=0, out=column)
np.any(x > 1, axis=0, out=mask[0])
np.all(x > 1, axis=0, out=row)
np.argmax(x), np.argmin(x, axis=0)
np.count_nonzero(m), np.count_nonzero(x, axis=0)
np.cumsum(x)
np.cumulative_sum(v, out=five)
np.cumulative_sum(v[:4], include_initial=True, out=five)
np.cumulative_sum(x, axis=1, out=o)
np.cumulative_prod(x, axis=0, out=o)
np.diff(v), np.ediff1d(v), np.gradient(v)
np.trapezoid(v)
np.cov(x), np.corrcoef(x)
np.histogram(v, bins=3)
np.histogram(v, bins=w)
np.histogram2d(v, w, bins=2)
np.bincount(i), np.bincount(i, weights=v)
np.digitize(v, np.sort(w))
np.trace(q)
"""

UFUNCS = """
np.add(x, y)
np.add(x, y, out=o)
np.add(x, y, o)
np.add(x, 1, out=x)
np.add(x, y, out=o, where=m)
np.add(x, y, out=whole)
np.add(x, y, out=whole, casting='unsafe')
np.add(x, y, out=row)
np.add(v[:-1], 1, out=v[1:])
np.sqrt(x, out=o)
np.modf(x, out=(o, y))
np.modf(x)
np.frexp(x, out=(o, None))
np.frexp(x, out=(o, np.zeros((3, 4), 'i4')))
np.divmod(x, 2, out=(o, y))
np.matmul(x, q, out=o)
np.matmul(q, q, out=square)
np.matmul(q, q, out=q)
np.vecdot(x, y, out=column)
np.matvec(q, row, out=row)
np.vecmat(row, q, out=row)
np.clip(x, 1, 2)
np.clip(x, 1, 2, out=o)
np.clip(x, row, 2, out=x)
np.round(x, 1)
np.rint(x, out=o)
np.floor(x, out=o)
np.fix(x)
np.fix(x, out=o)
np.isneginf(n, out=mask)
np.abs(x), np.sign(x), np.isnan(n), np.isfinite(n)
np.isposinf(n, out=mask)
np.maximum(x, y, out=o), np.fmax(n, x)
np.logical_and(m, x > 1, out=mask)
np.arctan2(x, y), np.hypot(x, y)
np.conj(c), np.angle(c), np.real(c), np.imag(c)
np.nan_to_num(n)
np.add.reduce(x, axis=0)
np.add.reduce(x, axis=0, out=row)
np.add.reduce(x, axis=0, out=(row,))
np.multiply.reduce(x, axis=1, where=m, out=column)
np.maximum.reduce(x, axis=None, out=number)
np.add.accumulate(x, axis=1, out=o)
np.add.accumulate(x, axis=1, out=x)
np.add.reduceat(v, [0, 2])
np.add.reduceat(v, i[:2], out=column[:2])
np.multiply.outer(v, w)
np.multiply.outer(column, row, out=o)
np.add.at(v, [0, 0, 1], 1)
np.add.at(v, i, w)
np.negative.at(v, i[:2])
np.add.at(np.zeros(5), i, v)
np.add.resolve_dtypes((x.dtype, y.dtype, None))
with np.errstate(divide='raise'): x / 0
np.divide(x, 0)
np.frompyfunc(lambda p, q: p + q, 2, 1)(v, w)
np.vectorize(lambda p: p * 2)(v)
np.greater(x, y, out=mask)
np.power(x, 2, out=x)
np.spacing(x, out=o)
"""

LINEAR_ALGEBRA = """
np.dot(x, q), np.dot(v, w)
np.inner(v, w), np.outer(v, w), np.vdot(v, w), np.kron(v, w)
np.outer(column, row, out=o)
np.cross(v[:3], w[:3])
np.tensordot(x, q, axes=1)
np.einsum('ij,jk->ik', x, q)
np.einsum('ij->j', x)
np.linalg.inv(q), np.linalg.det(q)
np.linalg.solve(q, row + 1)
np.linalg.eigvals(q + q.T)
np.linalg.eigh(q + q.T)[0]
np.linalg.svd(x, compute_uv=False)
np.linalg.qr(q)[1]
np.linalg.cholesky(q @ q.T)
np.linalg.norm(x), np.linalg.norm(x, axis=0)
np.linalg.lstsq(x.T, row, rcond=None)[0]
np.linalg.pinv(x)
np.linalg.matrix_power(q, 3)
np.linalg.matrix_rank(x)
np.linalg.cond(q), np.linalg.slogdet(q)
np.linalg.multi_dot([x, q, q])
np.linalg.inv(x)
np.linalg.cholesky(-q)
np.fft.fft(v)
np.fft.fft(v, out=wave)
np.fft.ifft(c), np.fft.rfft(v), np.fft.fft2(x), np.fft.fftn(x)
np.fft.irfft(c, 5, out=five)
np.fft.fftshift(v), np.fft.ifftshift(x, axes=0)
np.convolve(v, w), np.correlate(v, w)
np.polyfit(v, w, 1), np.polyval(v, 2.0), np.polyval([1, 2], v)
np.roots(v[:3]), np.poly(v[:3])
np.polynomial.Polynomial(v)(2.0)
np.polynomial.chebyshev.chebval(v, [1, 2, 3])
"""

SHAPES = """
x.shape, x.ndim, x.size, x.itemsize, x.nbytes, x.dtype
x.strides, x.T.strides, z.strides, x[:, ::-1].strides
x.T
z.T
x.transpose(), x.transpose(None)
x.transpose(1, 0), x.transpose((1, 0)), x.transpose([-1, 0])
x.transpose(0)
x.transpose(0, 0)
x.transpose(0, 2)
z.transpose(), z.transpose(())
v.reshape(5, 1), v.reshape((1, 5)), v.reshape(-1), v.reshape([5])
v.reshape(-1, 5), v.reshape(np.array([5, 1])), v.reshape(np.int64(5))
v.reshape(2, 3)
v.reshape(-1, 2)
v.reshape(-1, -1)
v.reshape()
v.reshape('a')
v.reshape(5, order='K')
v.reshape(5, order='x')
v.reshape(5, 1, order='F'), v.reshape(5, order='A'), v.reshape(5, copy=False)
z.reshape(()), z.reshape(1, 1), v[:1].reshape(())
e.reshape(-1, 4), e.reshape(2, 0), e.reshape(0)
e.reshape(-1, 0)
x.reshape(3, 4, 1), x.reshape(1, 3, 4), x.reshape(3, 2, 2, order='A')
x.view(), x.copy(), x.copy('F'), x.copy(order='C')
x.copy(order='x')
x.flags.c_contiguous, x.flags.f_contiguous, x.flags.forc, x.flags.fnc, x.flags.carray, x.flags.farray
x.flags['C'], x.flags['F_CONTIGUOUS'], x.flags['WRITEABLE'], x.flags['A']
x.flags['B'], x.flags['FA'], x.flags['FORC']
x[::2].flags.contiguous, x.T.flags.fortran, x.flags.writebackifcopy, x.flags['X']
x.flags.aligned, x.flags.behaved
x.flags['nothing']
x.flags['c']
np.shape(x), np.ndim(x), np.size(x), np.size(x, 1), np.iscomplexobj(c), np.isrealobj(x)
np.ravel(x), np.ravel(x, order='F')
np.transpose(x), np.transpose(x, (1, 0)), np.matrix_transpose(x)
np.swapaxes(x, 0, 1), np.moveaxis(x, 0, 1), np.rollaxis(x, 1)
np.expand_dims(x, 1), np.squeeze(x[:1])
np.atleast_1d(z), np.atleast_2d(v), np.atleast_3d(x)
np.broadcast_to(v, (2, 5)), np.broadcast_arrays(x, row)
np.broadcast_shapes(x.shape, row.shape)
np.concatenate([x, y]), np.concatenate([x, y], axis=1), np.concatenate((v, w), dtype='f4')
np.stack([v, w]), np.vstack([x, y]), np.hstack([x, y]), np.dstack([x, y]), np.column_stack([v, w])
np.block([[x, y], [y, x]])
np.r_[v, w], np.c_[v, w]
np.split(x, 2, axis=1), np.array_split(v, 2), np.hsplit(x, 2), np.vsplit(x, 3)
np.tile(v, 2), np.repeat(v, 2), np.repeat(x, 2, axis=0)
np.flip(x), np.fliplr(x), np.flipud(x), np.rot90(x), np.roll(v, 2), np.roll(x, 1, axis=1)
np.pad(v, 2), np.pad(x, 1, mode='edge'), np.pad(x, 1, constant_values=z)
np.insert(v, 1, 9), np.append(v, w), np.delete(v, 1), np.resize(v, 7), np.trim_zeros(v)
np.diag(v), np.diag(q), np.diagonal(q), np.tril(q), np.triu(q), np.vander(v)
np.lib.stride_tricks.sliding_window_view(v, 2)
np.lib.stride_tricks.as_strided(v, (2, 2), (8, 8))
np.meshgrid(v, w), np.ix_(i, j)
np.apply_along_axis(sum, 0, x), np.apply_over_axes(np.sum, x, [0])
np.nditer(x, order='C').__class__, [float(k) for k in np.nditer(x, order='C')]
[k for k in np.ndenumerate(v)]
[k for k in np.ndindex(x.shape)][:3]
[k.__setitem__(..., 2 * k) for k in np.nditer(x, op_flags=['readwrite'])] and None
np.asarray(x), np.array(x), np.ascontiguousarray(x), np.asfortranarray(x), np.require(x, 'f4', 'C')
np.asarray(x, dtype='f4'), np.asarray(x, copy=True), np.array([v, w]), np.array([v[0], v[1]])
np.asarray(x)[...].fill(2)
np.zeros_like(x), np.ones_like(i), np.empty_like(h).dtype, np.full_like(x, 3)
np.frombuffer(x.copy('C'), dtype='f8')
np.from_dlpack(x)
np.shares_memory(x, x), np.may_share_memory(x, y)
"""

SORTS_AND_SETS = """
np.sort(v), np.sort(x, axis=0), np.argsort(v), np.lexsort((v, w)), np.partition(v, 2), np.argpartition(v, 2)
np.searchsorted(np.sort(w), v), np.searchsorted(v, 1)
np.unique(i), np.unique(i, return_counts=True, return_index=True), np.unique(x, axis=0)
np.union1d(i, j), np.intersect1d(i, j), np.setdiff1d(i, j), np.setxor1d(i, j), np.isin(i, j)
np.isin(v, w), np.isin(3, i), np.isin(i, [1, 3])
np.where(x > 1), np.where(m, x, y), np.where(x > 1, x, 0)
np.nonzero(x), np.argwhere(m), np.flatnonzero(m), np.extract(m, x)
np.select([x > 2, m], [x, y], 0), np.choose(whole, [x, y])
np.compress(b, v), np.compress([1, 0, 1], x, axis=0)
np.piecewise(v, [v < 1, v >= 1], [0, lambda k: k])
np.take(v, i), np.take(x, [0, 2], axis=0)
np.interp(v, np.sort(w), v), np.interp(1.5, v, w)
np.unravel_index(i, (5,)), np.ravel_multi_index((i, j), (5, 5))
np.array_equal(x, y), np.array_equal(x, x), np.array_equiv(x, x), np.allclose(x, x), np.isclose(x, y)
np.packbits(b), np.unwrap(v), np.i0(v), np.sinc(v), np.triu_indices_from(q)
np.char.upper(s), np.strings.str_len(u), s == b'abc', u == 'abc'
np.min_scalar_type(z), np.result_type(x, h), np.can_cast(x.dtype, 'f4'), np.promote_types(h.dtype, x.dtype)
np.iterable(x), np.iterable(z), np.isscalar(v[0]), np.isscalar(z)
np.ma.masked_array(x, m).sum(), np.ma.masked_greater(x, 1).filled(0)
np.datetime64('2020-01-01') + zi
np.put_along_axis(v, i, w, 0)
np.random.default_rng(1).normal(v, 1), np.random.default_rng(1).multinomial(4, v / np.sum(v))
"""

TEXT_AND_FILES = """
np.savetxt(file('a'), x), file('a').read_text()
np.savetxt(file('a'), v, fmt='%.2f'), np.loadtxt(file('a'))
np.save(file('a.npy'), x), np.load(file('a.npy'))
np.savez(file('a.npz'), x=x), np.load(file('a.npz'))['x']
np.array2string(x), np.array2string(v, precision=2), np.array2string(np.asarray(x), threshold=3)
np.format_float_positional(v[1]), np.format_float_scientific(v[1])
[str(k) for k in v], [repr(k) for k in i]
', '.join(map(str, x[0]))
np.testing.assert_array_equal(x, x), np.testing.assert_allclose(x, x)
np.testing.assert_array_almost_equal(x, x)
np.testing.assert_array_equal(x, y)
np.testing.assert_allclose(v, w)
np.testing.assert_array_less(x, x + 1), np.testing.assert_equal(v[0], float(v[0]))
np.testing.assert_array_max_ulp(x, x), np.testing.assert_array_compare(operator.eq, x, x)
x.dtype.type(3), x.dtype.name, x.dtype == np.float64
"""

TABLES = {
    "indexing": INDEXING,
    "iteration": ITERATION,
    "operators": OPERATORS,
    "reductions": REDUCTIONS,
    "ufuncs": UFUNCS,
    "linear algebra": LINEAR_ALGEBRA,
    "shapes": SHAPES,
    "sorts and sets": SORTS_AND_SETS,
    "text and files": TEXT_AND_FILES,
}

# What ndarrays can do and Arrays refuse, and why. numpy() is the answer to all of it.
REFUSED = {
    "these functions of NumPy are in C, or in Python over such, and write to nothing but an ndarray": """
np.cumsum(x, axis=0, out=o)
np.cumprod(x, axis=1, out=o)
np.nancumsum(n, axis=1, out=o)
x.__array__().cumsum(axis=1, out=o)
np.percentile(n, 30, axis=0, out=row)
np.quantile(n, 0.3, out=number)
np.quantile(x, 0.3, axis=0, method='nearest', out=row)
np.trace(q, out=number)
np.round(x, 1, out=o)
np.argmax(x, axis=0, out=whole[0])
np.take(x, [0, 2], axis=0, out=o[:2])
np.choose(whole, [x, y], out=o)
np.compress(b, v, out=column)
np.concatenate([v, w], out=ten)
np.stack([row, row, row], out=o)
np.dot(q, q, out=square)
np.einsum('ij->j', x, out=row)
np.linalg.multi_dot([q, q, q], out=square)
np.random.default_rng(3).random(out=five)
np.random.default_rng(3).permuted(x, out=o)
np.copyto(o, x)
np.put(v, [0], [1])
np.place(v, b, [1])
np.putmask(v, b, w)
np.fill_diagonal(q, 5)
np.ndarray.sort(v)
""",
    "the result would be a copy, and what is read from an Array by an index is a view or a value": """
v[[0, 2]]
v[i]
v[b]
x[m]
x[True]
x[:, [0, 1]]
np.take_along_axis(v, i, 0)
x.T.reshape(2, 6)
x[:, :2].reshape(6)
np.reshape(x[:, :2], 6)
""",
    "NumPy compares with an ndarray in another way than with anything else": """
np.testing.assert_equal(x, x)
""",
    "NumPy takes each negative extent for -1": """
v.reshape(-2)
""",
}
