// What `isoloss doctor` found, for people and for programs.

#pragma once

#include <string>

#include "host/answers/doctor.h"
#include "host/report/document.h"

namespace isoloss {

Document describe_doctor(const DoctorReport& report);

// One JSON object with a final newline: schema "isoloss/doctor", version 1. What is absent is null.
std::string doctor_json(const DoctorReport& report);

}  // namespace isoloss
