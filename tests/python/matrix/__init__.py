# SPDX-License-Identifier: BSD-3-Clause
"""The matrix of protocols: every protocol x library x direction x layout, tried with the real libraries."""
