/* What the proofs know of the instructions in the twins of core/scan.c: contracts in the place of <emmintrin.h>, believed by
 * tools/prove and compared with the processor by tests/test_intrinsics.c. */
#ifndef HOPTLS_PROVE_SSE2_H
#define HOPTLS_PROVE_SSE2_H

typedef struct {
    uint8_t b[16];
} __m128i;

/* Bit `k` of a mask, of which nothing is known but what the instructions say. */
/*@ axiomatic masks {
        predicate bit_set(integer mask, integer k);
    }
*/

/*@ terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < 16 ==> \result.b[k] == c; */
__m128i sse2_set1(uint8_t c);

/*@ requires readable(p, at, at + 16);
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; at <= k < at + 16 ==> p[k] == \result.b[k - at];
    ensures \forall integer k; 0 <= k < 16 ==> \result.b[k] == p[at + k]; */
__m128i sse2_load(const uint8_t *p, size_t at);

/*@ requires readable(p, at, at + 8) && readable(p, then, then + 8);
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < 8 ==> \result.b[k] == p[at + k];
    ensures \forall integer k; 0 <= k < 8 ==> \result.b[8 + k] == p[then + k]; */
__m128i sse2_load_halves(const uint8_t *p, size_t at, size_t then);

/*@ terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < 16 ==> \result.b[k] == (a.b[k] == b.b[k] ? 0xFF : 0); */
__m128i _mm_cmpeq_epi8(__m128i a, __m128i b);

/*@ terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < 16 ==> \result.b[k] == (a.b[k] | b.b[k]);
    ensures \forall integer k; 0 <= k < 16 ==> (\result.b[k] >= 0x80 <==> a.b[k] >= 0x80 || b.b[k] >= 0x80); */
__m128i sse2_either(__m128i a, __m128i b);

/*@ terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < 16 ==> \result.b[k] == (a.b[k] & b.b[k]);
    ensures \forall integer k; 0 <= k < 16 ==> (\result.b[k] >= 0x80 <==> a.b[k] >= 0x80 && b.b[k] >= 0x80); */
__m128i sse2_both(__m128i a, __m128i b);

/*@ requires low <= high < 0x80;
    terminates \true;
    assigns \nothing;
    ensures \forall integer k; 0 <= k < 16 ==> \result.b[k] == (low <= b.b[k] <= high ? 0xFF : 0); */
__m128i sse2_in_row(__m128i b, uint8_t low, uint8_t high);

/*@ terminates \true;
    assigns \nothing;
    ensures \result <= 0xFFFF;
    ensures \result == 0 <==> (\forall integer k; 0 <= k < 16 ==> found.b[k] < 0x80);
    ensures \forall integer k; 0 <= k < 16 ==> (bit_set(\result, k) <==> found.b[k] >= 0x80);
    ensures \forall integer k; 16 <= k ==> !bit_set(\result, k); */
uint32_t sse2_mask(__m128i found);

/*@ requires mask != 0;
    terminates \true;
    assigns \nothing;
    ensures 0 <= \result <= 31 && bit_set(mask, \result);
    ensures \forall integer k; 0 <= k < \result ==> !bit_set(mask, k); */
int sse2_first(uint32_t mask);

/*@ requires mask <= 0xFFFF;
    terminates \true;
    assigns \nothing;
    ensures \result <= 0xFFFF;
    ensures \forall integer k; 0 <= k < 16 ==> (bit_set(\result, k) <==> !bit_set(mask, k));
    ensures \forall integer k; 16 <= k ==> !bit_set(\result, k); */
uint32_t sse2_unset(uint32_t mask);

/*@ requires n < 32;
    terminates \true;
    assigns \nothing;
    ensures \result <= mask;
    ensures \forall integer k; 0 <= k ==> (bit_set(\result, k) <==> bit_set(mask, k + n));
    ensures \result == 0 <==> (\forall integer k; n <= k ==> !bit_set(mask, k)); */
uint32_t sse2_behind(uint32_t mask, uint32_t n);

/*@ requires n < 64;
    terminates \true;
    assigns \nothing; */
uint64_t sse2_moved(uint32_t mask, uint32_t n);

#endif
