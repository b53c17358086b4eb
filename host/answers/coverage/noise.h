// Noise that a measurement could have: what simulated runs are off the law by.

#pragma once

#include <string>
#include <string_view>

namespace isoloss {

enum class NoiseKind {
  residuals,  // those of the fit, dealt out anew
  gauss,
  student,
};

// In the residual's unit: of log L, unless the law is compared with the response itself.
struct Noise {
  NoiseKind kind = NoiseKind::residuals;
  double scale = 0;        // standard deviation of gauss; of student the scale of its t
  int degrees = 3;         // of freedom, of student
  double growth = 0;       // the scale grows as N^growth, and is `scale` at the geometric mean of N
  double outliers = 0;     // share of the runs that are off `times` as far
  double times = 10;       // of outliers
  double correlation = 0;  // of the normal deviates behind rows of one run
  bool fades = false;      // the correlation is of neighbours in tokens: AR(1)

  bool is_clustered() const { return correlation > 0; }
};

// Reads "residuals", "gauss:sd=0.01" and "student:scale=0.004,degrees=3,growth=0.45,outliers=0.05,
// times=10,correlation=0.9,fades". Throws InputError for what is no such noise.
Noise parse_noise(std::string_view text);
// The same back, with the numbers that make it.
std::string noise_text(const Noise& noise);

}  // namespace isoloss
