package dev.cadenza.graph;

import dev.cadenza.graph.GraphFile.Dim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the dims of a TypeProto, which must be that of a tensor. */
final class TypeReader {
    /** Of a tensor whose number of dims is left open. */
    static final List<Dim> NONE = new ArrayList<>();

    private @Nullable List<Dim> dims;

    List<Dim> dims(ProtoReader in) throws UnsafeGraphException {
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> tensor(in.message());
                case 6 -> in.skipField();
                default -> throw new UnsafeGraphException("has an input or output that is not a tensor");
            }
        }
        return dims == null ? NONE : dims;
    }

    private void tensor(ProtoReader in) throws UnsafeGraphException {
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> in.number();
                case 2 -> dims = GraphParser.once(dims, shape(in.message()), "shape of a tensor");
                default -> throw GraphParser.unknown("a type", field);
            }
        }
    }

    private static List<Dim> shape(ProtoReader in) throws UnsafeGraphException {
        List<Dim> dims = new ArrayList<>();
        while (in.hasNext()) {
            int field = in.field();
            if (field != 1) {
                throw GraphParser.unknown("a shape", field);
            }
            dims.add(dim(in.message()));
        }
        return dims;
    }

    private static Dim dim(ProtoReader in) throws UnsafeGraphException {
        Dim dim = null;
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> dim = GraphParser.once(dim, new Dim(in.number(), ""), "size of a dim");
                case 2 -> dim = GraphParser.once(dim, new Dim(null, in.text()), "size of a dim");
                case 3 -> in.skipField();
                default -> throw GraphParser.unknown("a dim", field);
            }
        }
        return dim == null ? new Dim(null, "") : dim;
    }
}
