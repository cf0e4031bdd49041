/**
 * ONNX Runtime's native library and the devices it runs on: loading it, saying why it does not load, looking for a GPU.
 */
@NullMarked
package dev.cadenza.onnx.device;

import org.jspecify.annotations.NullMarked;
