// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

/**
 * How an endpoint expects its key.
 */
public enum AuthScheme {

	/** {@code Authorization: Bearer <key>}. */
	BEARER,

	/** A provider-specific header such as {@code api-key} or {@code x-api-key}. */
	API_KEY,

	/** No authentication: a configured key is not sent. */
	NONE

}
