/**
 * Networks that train at the speed of the machine's matrix products. {@link dev.cadenza.trainer.network.FusedLstm} is an LSTM layer for DL4J, and
 * {@link dev.cadenza.trainer.network.LstmLayers} turns a network of DL4J's {@code LSTM} layers into one of these and back; {@link dev.cadenza.trainer.network.Replicas} compute one update
 * on several threads; {@link dev.cadenza.trainer.network.SgemmCheck} says what the BLAS under ND4J can do on this machine. The rest is what own layers
 * are made of: named row-major parameters in DL4J's flat array, and arrays moved between the heap and ND4J's memory.
 *
 * <p>Equations, for one row at step t (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000, no
 * peepholes; s is the logistic function, * elementwise):
 *
 * <pre>
 *   [zg zf zo zi] = x_t W + h_{t-1} R + b
 *   g = tanh(zg)   f = s(zf)   o = s(zo)   i = s(zi)
 *   c_t = f * c_{t-1} + i * g
 *   h_t = o * tanh(c_t)
 * </pre>
 *
 * <p>Parameters are DL4J's, in its layout: W [inputs, 4H], RW [H, 4H], b [1, 4H], each in 'f' order, column blocks g, f,
 * o, i.
 *
 * <p>What a pass costs, for T steps of B rows: one product [T B, inputs] x [inputs, 4H] (in single precision up to 8
 * inputs are added in the gates' pass instead: such narrow products spend their time on packing); T products [B, H] x [H, 4H] on
 * the way forward and T of [B, 4H] x [4H, H] on the way back; one product for each weight gradient, over all T B rows.
 * Gates and their derivatives take one pass over a row that stays in the first-level cache. Memory: about 4 x T B (2
 * inputs + 7 H) bytes, kept for the next pass.
 *
 * <p>A mask acts as in DL4J: state and output of a masked step are zero. As there, the way back knows no mask: gradients
 * are exact when no error reaches a masked step, as with sequences that end early and labels masked alike.
 *
 * <p>The rule of {@link dev.cadenza.trainer.network.Replicas}: a batch is cut into shares of whole rows, one a replica, in order. Every replica sees the same parameters
 * (one array, shared), computes the gradient of its share's summed loss, and the gradients are added in the shares' order
 * to that of the first. DL4J then divides by the rows of all shares and lets its updater make one step. So an update is
 * that of a single network over the whole batch, up to the order of additions, and the same numbers come back on every
 * run with as many replicas. Dropout is the exception: a replica draws its own mask, seeded by update and share, so that
 * other numbers of replicas give other masks.
 */
@NullMarked
package dev.cadenza.trainer.network;

import org.jspecify.annotations.NullMarked;
