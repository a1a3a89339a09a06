// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Signs what a simulated model gives, so that the model knows it again. It does not take
 * what another model signed, or what was changed since.
 *
 * @param model the model
 */
public record Seal(String model) {

	private static final int DIGEST_LENGTH = 16;

	/**
	 * Signs something.
	 * @param content what the model gives
	 * @return the signature, always the same for the same content
	 */
	public String sign(String content) {
		byte[] signature = new byte[2 * DIGEST_LENGTH];
		byte[] digest = digest(content);
		System.arraycopy(digest, 0, signature, 0, DIGEST_LENGTH);
		System.arraycopy(proof(digest), 0, signature, DIGEST_LENGTH, DIGEST_LENGTH);
		return Base64.getEncoder().encodeToString(signature);
	}

	/**
	 * Tells whether this model made a signature, whatever it belongs to.
	 * @param signature the signature
	 * @return whether it is this model's
	 */
	public boolean made(String signature) {
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(signature);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
		if (bytes.length != 2 * DIGEST_LENGTH) {
			return false;
		}
		byte[] digest = Arrays.copyOf(bytes, DIGEST_LENGTH);
		byte[] proof = Arrays.copyOfRange(bytes, DIGEST_LENGTH, bytes.length);
		return MessageDigest.isEqual(proof, proof(digest));
	}

	/**
	 * Tells whether this model signed exactly this.
	 * @param content the content
	 * @param signature the signature
	 * @return whether it is the signature of this model for this content
	 */
	public boolean made(String content, String signature) {
		return sign(content).equals(signature);
	}

	private byte[] proof(byte[] digest) {
		return digest(this.model + '\n' + Base64.getEncoder().encodeToString(digest));
	}

	private static byte[] digest(String text) {
		try {
			byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Arrays.copyOf(whole, DIGEST_LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
