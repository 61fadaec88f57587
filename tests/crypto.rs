//! Known answers: the key derivation and the cipher give what their specifications and Project Wycheproof say.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use chacha20poly1305::ChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use firsthour::crypto::{Kdf, Key};
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

/// The bytes of a text in hexadecimal; spaces and line ends do not count.
fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks_exact(2).filter_map(|pair| u8::try_from(16 * pair[0] + pair[1]).ok()).collect()
}

const SUNSCREEN: &[u8] =
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the \
future, sunscreen would be it.";

/// RFC 9106, section 5.3.
#[test]
fn argon2id_as_in_its_rfc() {
    let mut params = ParamsBuilder::new();
    params.m_cost(32).t_cost(3).p_cost(4).data(AssociatedData::new(&[4; 12]).unwrap());
    let argon2 =
        Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params.build().unwrap());
    let mut tag = [0; 32];
    let mut memory = vec![argon2::Block::new(); 32];
    argon2.unwrap().hash_password_into_with_memory(&[1; 32], &[2; 16], &mut tag, &mut memory).unwrap();
    assert_eq!(
        tag.to_vec(),
        hex(
            "0d 64 0d f5 8d 78 76 6c 08 c0 37 a3 4a 8b 53 c9 d0 1e f0 45 2d 75 b6 5e b5 25 20 e9 6b 01 e6 59"
        )
    );
}

/// The reference implementation's vectors for one lane (phc-winner-argon2, `src/test.c`), through our own door.
#[test]
fn argon2id_with_one_lane_as_in_the_reference_implementation() {
    let cases = [
        (
            65536,
            2,
            "password",
            "somesalt",
            "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        ),
        (256, 2, "password", "somesalt", "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"),
        (
            65536,
            1,
            "password",
            "somesalt",
            "f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98",
        ),
        (
            65536,
            2,
            "differentpassword",
            "somesalt",
            "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
        ),
        (
            65536,
            2,
            "password",
            "diffsalt",
            "bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c",
        ),
    ];
    for (memory, passes, passphrase, salt, key) in cases {
        let made = Kdf::new(memory, passes).unwrap().derive(passphrase, salt.as_bytes()).unwrap();
        assert_eq!(made.bytes().to_vec(), hex(key), "{memory} {passes} {passphrase} {salt}");
    }
}

/// RFC 8439, section 2.8.2.
#[test]
fn chacha20_poly1305_as_in_its_rfc() {
    let key: Vec<u8> = (0x80..0xa0).collect();
    let cipher = ChaCha20Poly1305::new_from_slice(&key).unwrap();
    let nonce: [u8; 12] = hex("070000004041424344454647").try_into().unwrap();
    let aad = hex("50515253c0c1c2c3c4c5c6c7");
    let sealed = cipher.encrypt(&nonce.into(), Payload { msg: SUNSCREEN, aad: &aad }).unwrap();
    let expected =
        hex("d3 1a 8d 34 64 8e 60 db 7b 86 af bc 53 ef 7e c2 a4 ad ed 51 29 6e 08 fe a9 e2 b5 a7 36 ee 62 d6
         3d be a4 5e 8c a9 67 12 82 fa fb 69 da 92 72 8b 1a 71 de 0a 9e 06 0b 29 05 d6 a5 b6 7e cd 3b 36
         92 dd bd 7f 2d 77 8b 8c 98 03 ae e3 28 09 1b 58 fa b3 24 e4 fa d6 75 94 55 85 80 8b 48 31 d7 bc
         3f f4 de f0 8e 4b 7a 9d e5 76 d2 65 86 ce c6 4b 61 16
         1a e1 0b 59 4f 09 e2 6a 7e 90 2e cb d0 60 06 91");
    assert_eq!(sealed, expected);
}

/// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
#[test]
fn xchacha20_poly1305_as_in_its_draft() {
    let key: [u8; 32] = (0x80..0xa0).collect::<Vec<u8>>().try_into().unwrap();
    let nonce: [u8; 24] = (0x40..0x58).collect::<Vec<u8>>().try_into().unwrap();
    let aad = hex("50515253c0c1c2c3c4c5c6c7");
    let sealed = Key::from(key).seal_with(nonce, &aad, SUNSCREEN).unwrap();
    let expected = hex(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39
         ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
         21f9664c97637da9768812f615c68b13b52e
         c0875924c1c7987947deafd8780acf49",
    );
    assert_eq!(sealed, [nonce.to_vec(), expected].concat());
    assert_eq!(Key::from(key).open(&aad, &sealed).unwrap().to_vec(), SUNSCREEN);
}

/// Every vector of Project Wycheproof: the valid ones seal and open as they should, the others do not open.
#[test]
fn xchacha20_poly1305_as_wycheproof_wants_it() {
    let set = TestSet::load(TestName::XChaCha20Poly1305).unwrap();
    let (mut opened, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let key: [u8; 32] = test.key[..].try_into().unwrap();
        let sealed = [&test.nonce[..], &test.ct[..], &test.tag[..]].concat();
        let found = Key::from(key).open(&test.aad, &sealed).map(|content| content.to_vec());
        match (test.result, <[u8; 24]>::try_from(&test.nonce[..])) {
            (TestResult::Valid, Ok(nonce)) => {
                assert_eq!(found.as_deref(), Ok(&test.pt[..]), "{}: {}", test.tc_id, test.comment);
                let again = Key::from(key).seal_with(nonce, &test.aad, &test.pt).unwrap();
                assert_eq!(again, sealed, "{}: {}", test.tc_id, test.comment);
                opened += 1;
            }
            _ => {
                assert!(found.is_err(), "{} opened: {}", test.tc_id, test.comment);
                refused += 1;
            }
        }
    }
    assert!(opened > 200 && refused > 50, "{opened} opened, {refused} refused");
}
