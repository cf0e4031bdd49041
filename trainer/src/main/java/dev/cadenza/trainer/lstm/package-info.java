/**
 * An LSTM layer for DL4J that trains at the speed of the machine's matrix products: {@link
 * dev.cadenza.trainer.lstm.FusedLstm}. Most users need only it and {@link dev.cadenza.trainer.lstm.LstmLayers}, which
 * turns a network of DL4J's {@code LSTM} layers into one of these and back.
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
 */
@NullMarked
package dev.cadenza.trainer.lstm;

import org.jspecify.annotations.NullMarked;
