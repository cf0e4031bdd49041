package dev.cadenza.trainer.network;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Products of many small matrices with one large one, by oneDNN: the large one is laid out for the kernel once, where
 * sgemm would do it in each product. Single precision, one thread at a time. Holds native memory as large as that matrix
 * until closed.
 */
final class PackedProduct implements AutoCloseable {
    private static final boolean AVAILABLE = load();

    /** Its objects refer to it by address alone. */
    private final engine cpu = new engine(engine.kind.cpu, 0);

    private final stream queue;
    private final matmul product;
    private final reorder pack;
    private final memory weights;
    private final memory packed;
    private final memory from;
    private final memory to;
    /** Its own: the library's belongs to the thread that makes a product, and a replica's thread may change. */
    private final BytePointer scratch;

    private final memory scratchpad;
    private final IntMemoryMap arguments = new IntMemoryMap();

    /**
     * @param rows of the small matrices [rows, inner], row-major
     * @param columns of the large matrix [inner, columns]
     * @param columnMajor the order of the large matrix
     * @param add whether a product is added to what its target holds
     */
    PackedProduct(int rows, int inner, int columns, boolean columnMajor, boolean add) {
        queue = new stream(cpu);
        memory.desc left = description(rows, inner, memory.format_tag.ab);
        memory.desc result = description(rows, columns, memory.format_tag.ab);
        memory.desc plain = description(inner, columns, columnMajor ? memory.format_tag.ba : memory.format_tag.ab);
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(dnnl.dnnl_scratchpad_mode_user);
        if (add) {
            post_ops sum = new post_ops();
            sum.append_sum();
            attributes.set_post_ops(sum);
        }
        matmul.primitive_desc chosen = new matmul.primitive_desc(
                cpu, left, description(inner, columns, memory.format_tag.any), result, attributes, false);
        product = new matmul(chosen);
        // No address yet: each call brings its own.
        weights = new memory(plain, cpu, new FloatPointer());
        from = new memory(left, cpu, new FloatPointer());
        to = new memory(result, cpu, new FloatPointer());
        packed = new memory(chosen.weights_desc(), cpu);
        pack = new reorder(weights, packed);
        scratch = new BytePointer(Math.max(1, chosen.scratchpad_desc().get_size()));
        scratchpad = new memory(chosen.scratchpad_desc(), cpu, scratch);
        arguments.put(dnnl.DNNL_ARG_SRC, from);
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, packed);
        arguments.put(dnnl.DNNL_ARG_DST, to);
        arguments.put(dnnl.DNNL_ARG_SCRATCHPAD, scratchpad);
    }

    private static memory.desc description(long rows, long columns, memory.format_tag order) {
        return new memory.desc(new long[] {rows, columns}, memory.data_type.f32, order);
    }

    /** Whether this platform has the library. */
    static boolean available() {
        return AVAILABLE;
    }

    private static boolean load() {
        try {
            return engine.get_count(engine.kind.cpu) > 0;
        } catch (LinkageError e) {
            return false;
        }
    }

    /** Takes the large matrix as it is now. */
    void pack(FloatPointer large) {
        weights.set_data_handle(large);
        pack.execute(queue, weights, packed);
        queue._wait();
    }

    void multiply(FloatPointer small, FloatPointer result) {
        from.set_data_handle(small);
        to.set_data_handle(result);
        product.execute(queue, arguments);
        queue._wait();
    }

    @Override
    public void close() {
        for (Pointer held :
                new Pointer[] {arguments, product, pack, scratchpad, scratch, packed, weights, from, to, queue, cpu}) {
            held.close();
        }
    }
}
