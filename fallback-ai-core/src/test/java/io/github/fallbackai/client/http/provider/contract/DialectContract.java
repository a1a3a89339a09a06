// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

/**
 * What every dialect keeps. Each has the same answers and errors as fixtures, in its own
 * shape.
 */
interface DialectContract extends AnswerContract, ErrorContract, RequestContract {

}
