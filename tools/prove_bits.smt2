; What core/bytes.h says of sets of bits and WP, whose numbers have no bits, cannot know: asked of the solver as vectors of bits.
(set-logic QF_BV)
(declare-const bits (_ BitVec 64))
; bits_rest: without its lowest bit a set is a smaller number
(push 1)
(assert (distinct bits (_ bv0 64)))
(assert (not (bvult (bvand bits (bvsub bits (_ bv1 64))) bits)))
(check-sat)
(pop 1)
